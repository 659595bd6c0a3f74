import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePost, readForm, type Post } from './judge-post.ts';

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

const good = { state: ['state', state], sealed: ['sealed', 'QUJD_-'] } as const;

test('[HND-5] what is sealed in a form that knows the state is taken as it is', () => {
  assert.equal(read([good.state, good.sealed]), 'QUJD_-');
});

test('[HND-5] a form that hands over nothing, or two things, has nothing sealed in it', () => {
  assert.equal(read([good.state]), '');
  assert.equal(read([good.state, good.sealed, good.sealed]), '');
});

const wrongForms: readonly (readonly [
  what: string,
  fields: readonly (readonly [string, string])[],
  status: number,
])[] = [
  ['no state', [good.sealed], 403],
  ['another state', [['state', `B${state.slice(1)}`], good.sealed], 403],
  ['a state that is longer', [['state', `${state}A`], good.sealed], 403],
  ['an empty state', [['state', ''], good.sealed], 403],
  ['two states', [good.state, good.state, good.sealed], 403],
];

for (const [what, fields, status] of wrongForms)
  test(`[HND-5] a form with ${what} is refused`, () => {
    const judged = read(fields);
    assert.ok(typeof judged !== 'string');
    assert.equal(judged.status, status);
  });

test('[HND-5] bytes that are no form are refused', () => {
  for (const body of [
    new Uint8Array(),
    Uint8Array.of(0xff, 0xfe, 0x00),
    Buffer.from('{"state":"A"}'),
    Buffer.from('%%%=&&&='),
  ])
    assert.ok(typeof readForm(body, state) !== 'string');
});
