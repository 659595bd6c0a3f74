import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handOverTokenCharactersMax } from '@dataans/core';
import { isFault, judgePost, readForm, type Post } from './judge-post.ts';

const state = 'A'.repeat(43);
const expected = { port: 40_000, state, serverOrigin: 'https://notes.example' };
const post: Post = {
  method: 'POST',
  path: '/hand-over',
  host: '127.0.0.1:40000',
  origin: 'https://notes.example',
  contentType: 'application/x-www-form-urlencoded',
};

test('[HND-5] the form of the page is let through, with or without the origin that it comes from', () => {
  for (const given of [
    {},
    { origin: 'null' },
    { origin: null },
    { contentType: 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' },
  ])
    assert.equal(judgePost({ ...post, ...given }, expected), null);
});

const faults: readonly (readonly [what: string, given: Partial<Post>, status: number])[] = [
  ['a host name that resolves to this machine', { host: 'localhost:40000' }, 403],
  ['a name of somebody else that was made to point here', { host: 'evil.example:40000' }, 403],
  ['another port', { host: '127.0.0.1:40001' }, 403],
  ['no port', { host: '127.0.0.1' }, 403],
  ['no host', { host: null }, 403],
  ['another path', { path: '/' }, 404],
  ['a query', { path: '/hand-over?state=x' }, 404],
  ['GET', { method: 'GET' }, 405],
  ['PUT', { method: 'PUT' }, 405],
  ['OPTIONS, as a page asks before it sends what a form cannot', { method: 'OPTIONS' }, 405],
  ['a page of another site', { origin: 'https://evil.example' }, 403],
  ['a page of the server without TLS', { origin: 'http://notes.example' }, 403],
  ['text', { contentType: 'text/plain' }, 415],
  ['a form with files', { contentType: 'multipart/form-data; boundary=x' }, 415],
  ['a type that begins like a form', { contentType: 'application/x-www-form-urlencodedx' }, 415],
  ['no type', { contentType: null }, 415],
];

for (const [what, given, status] of faults)
  test(`[HND-5] ${what} is refused`, () => {
    assert.equal(judgePost({ ...post, ...given }, expected)?.status, status);
  });

function read(fields: readonly (readonly [string, string])[]) {
  return readForm(
    Buffer.from(new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()),
    state,
  );
}

const good = {
  state: ['state', state],
  header: ['header', 'cf-access-token'],
  token: ['token', 'a.b+/c='],
} as const;

test('[HND-5] the token of a form that knows the state is taken as it is', () => {
  assert.deepEqual(read([good.state, good.header, good.token]), {
    header: 'cf-access-token',
    token: 'a.b+/c=',
  });
});

const wrongForms: readonly (readonly [
  what: string,
  fields: readonly (readonly [string, string])[],
  status: number,
])[] = [
  ['no state', [good.header, good.token], 403],
  ['another state', [['state', `B${state.slice(1)}`], good.header, good.token], 403],
  ['a state that is longer', [['state', `${state}A`], good.header, good.token], 403],
  ['an empty state', [['state', ''], good.header, good.token], 403],
  ['two states', [good.state, good.state, good.header, good.token], 403],
  ['no token', [good.state, good.header], 400],
  ['two tokens', [good.state, good.header, good.token, good.token], 400],
  ['a header of another kind', [good.state, ['header', 'cookie'], good.token], 400],
  ['a token that would end a header', [good.state, good.header, ['token', 'a\r\nhost: b']], 400],
  [
    'a token that is too long',
    [good.state, good.header, ['token', 'a'.repeat(handOverTokenCharactersMax + 1)]],
    400,
  ],
];

for (const [what, fields, status] of wrongForms)
  test(`[HND-5] a form with ${what} is refused`, () => {
    const judged = read(fields);
    assert.ok(isFault(judged));
    assert.equal(judged.status, status);
  });

test('[HND-5] bytes that are no form are refused', () => {
  for (const body of [
    new Uint8Array(),
    Uint8Array.of(0xff, 0xfe, 0x00),
    Buffer.from('{"state":"A"}'),
    Buffer.from('%%%=&&&='),
  ])
    assert.ok(isFault(readForm(body, state)));
});
