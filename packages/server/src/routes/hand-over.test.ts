import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHandOverKey, handOverCode, openHandOver, paths, type HandedOver } from '@dataans/core';
import { createIdentity } from '../auth/identity.ts';
import { sha256 } from '../hash.ts';
import { Refusal } from '../problems/refusal.ts';
import { assertRefused, createTestApp } from '../testing/test-app.ts';

const state = 'q1-_'.repeat(10) + 'q1g';
const key = await createHandOverKey(crypto.subtle);
const receiver = { port: 40_000, state, key: key.publicKey };
const handedOver: HandedOver = { header: 'cf-access-token', token: 'eyJh.eyJz.c2ln' };

function ask(given: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ port: '40000', state, key: key.publicKey, device: 'Laptop', ...given });
  return `${paths.handOver}?${query.toString()}`;
}

function createApp(given: HandedOver | null = handedOver, name = 'anna@example.org') {
  const handOver = given === null ? null : () => given;
  const identity = createIdentity('cloudflare-access', name, Date.UTC(2030, 0, 2, 3, 4), { handOver });
  return createTestApp({
    authenticate: async () => identity,
    publicUrl: new URL('https://notes.example.org'),
  });
}

test('[HND-3] the page shows device, code, server and who is signed in, and waits for the person', async () => {
  const answer = await createApp().send('GET', ask());
  assert.equal(answer.status, 200);
  const page = await answer.text();
  for (const shown of [
    'Laptop',
    handOverCode(sha256, receiver),
    'https://notes.example.org',
    'anna@example.org',
    '2030-01-02 03:04 UTC',
  ])
    assert.ok(page.includes(`>${shown}<`), shown);
  assert.doesNotMatch(page, /<script|onload|autofocus|http-equiv|style="|src=/);
});

test('[HND-4] [HND-8] its one form posts the state and what is sealed to the port that asked, and to nothing else', async () => {
  const answer = await createApp().send('GET', ask({ port: '50123' }));
  const page = await answer.text();
  const address = 'http://127.0.0.1:50123/hand-over';
  assert.deepEqual(page.match(/<form [^>]*>/g), [
    `<form method="post" action="${address}" autocomplete="off">`,
  ]);
  const fields = Array.from(
    page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g),
    ([, ...field]) => field,
  );
  const [stateField, [name, sealed = ''] = []] = fields;
  assert.deepEqual([fields.length, stateField, name], [2, ['state', state], 'sealed']);
  assert.ok(!page.includes(handedOver.token)); // HND-8
  const opened = await openHandOver(crypto.subtle, { ...receiver, port: 50_123 }, key, sealed);
  assert.deepEqual(opened, handedOver);
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.ok(policy.includes(`; form-action ${address};`), policy);
});

test('[HND-3] nothing keeps, frames or reads the page, and no address of it is told elsewhere', async () => {
  const { headers } = await createApp().send('GET', ask());
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  const policy = (headers.get('content-security-policy') ?? '').split('; ');
  for (const directive of [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    'sandbox allow-forms',
  ])
    assert.ok(policy.includes(directive), directive);
});

test('[HND-3] what comes from elsewhere stands on the page as text', async () => {
  const hostile = `"><script>alert(1)</script>&amp;'`;
  const page = await (
    await createApp({ ...handedOver, token: hostile }, hostile).send('GET', ask({ device: hostile }))
  ).text();
  assert.ok(!page.includes('<script'));
  assert.equal(page.split('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;').length, 3);
});

test('[HND-3] a script and a frame get no page, and a person at a browser of any age does', async () => {
  const { send } = createApp();
  for (const headers of [
    { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-mode': 'same-origin', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'object' },
  ])
    await assertRefused(await send('GET', ask(), { headers }), 'forbidden');
  for (const headers of [
    {},
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' },
  ])
    assert.equal((await send('GET', ask(), { headers })).status, 200);
});

test('[HND-3] strangers get no page', async () => {
  const authenticate = () => Promise.reject(new Refusal('unauthorized', 'No.'));
  const { send } = createTestApp({ authenticate });
  await assertRefused(await send('GET', ask()), 'unauthorized');
});

test('[HND-3] a caller whose way in has nothing for the command line is told so', async () => {
  const problem = await assertRefused(await createApp(null).send('GET', ask()), 'not-found');
  assert.match(problem.detail, /token/);
  await assertRefused(await createTestApp().send('GET', ask()), 'not-found');
});

test('[HND-2] what no command asks is refused, and repeated nowhere', async () => {
  for (const [name, value] of Object.entries({
    port: '22',
    state: 'x"<script>',
    key: 'y"<script>',
    device: '<b>\u0000',
  })) {
    const answer = await createApp().send('GET', ask({ [name]: value }));
    const problem = await assertRefused(answer, 'malformed-request');
    assert.ok(!JSON.stringify(problem).includes(value));
  }
});

test('[HND-3] the page changes nothing and takes nothing: only GET is answered', async () => {
  for (const method of ['POST', 'PUT'])
    await assertRefused(await createApp().send(method, ask()), 'method-not-allowed');
});

test('[HND-8] a program that has no key yet is refused in a sentence that says which one to update', async () => {
  const query = new URLSearchParams({ port: '40000', state, device: 'Laptop' });
  const answer = await createApp().send('GET', `${paths.handOver}?${query.toString()}`);
  const problem = await assertRefused(answer, 'malformed-request');
  assert.match(problem.detail, /older than this server\. Update it/);
});

test('[HND-8] a key to which nothing can be sealed is no question', async () => {
  await assertRefused(await createApp().send('GET', ask({ key: 'A'.repeat(43) })), 'malformed-request');
});
