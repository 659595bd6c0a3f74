import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { accountHeader, encodeFrames, framesMediaType, limits, paths } from '@dataans/core';
import { envelopeFrames } from '../testing/frames.ts';
import { assertRefused, createTestApp, type TestApp } from '../testing/test-app.ts';

const json = { 'content-type': 'application/json' };
const absent = { ...json, 'if-none-match': '*' };
const first = accountText('Zmlyc3Q');
const second = accountText('c2Vjb25k');

test('[SRV-7] an account record comes back byte for byte with the ETag of its bytes', async () => {
  const { send } = createTestApp();
  const made = await send('PUT', paths.account, { headers: absent, body: first });
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('etag'), etagOf(first));
  const read = await send('GET', paths.account);
  assert.equal(await read.text(), first);
  assert.equal(read.headers.get('etag'), etagOf(first));
});

test('[SRV-7] a record of a version that no program has yet is kept like any other', async () => {
  const { send } = createTestApp();
  const future = '{"version":3,"closed":true}';
  const made = await send('PUT', paths.account, { headers: absent, body: future });
  assert.equal(made.status, 201);
  assert.equal(await (await send('GET', paths.account)).text(), future);
});

test('[SRV-70] pages and acknowledgements name the account record, from when there is one', async () => {
  const app = createTestApp();
  assert.equal((await app.send('GET', paths.operations)).headers.get(accountHeader), null);
  assert.equal((await postNothing(app)).headers.get(accountHeader), null);
  await app.send('PUT', paths.account, { headers: absent, body: first });
  for (const answer of [await app.send('GET', paths.operations), await postNothing(app)])
    assert.equal(answer.headers.get(accountHeader), hashOf(first));
});

test('[SRV-70] a batch for another account record than the stored one stores nothing', async () => {
  const app = await appWithAccount();
  const batch = (account: string) =>
    app.send('POST', paths.operations, {
      headers: { 'content-type': framesMediaType, [accountHeader]: account },
      body: encodeFrames(envelopeFrames('operation', 1)),
    });
  await assertRefused(await batch(hashOf(second)), 'account-changed');
  assert.equal((await app.log.head()).seq, 0);
  const acknowledged = await batch(hashOf(first));
  assert.equal(acknowledged.status, 200);
  assert.equal(acknowledged.headers.get(accountHeader), null); // The batch said it.
  assert.equal((await app.log.head()).seq, 1);
});

test('[SRV-70] a batch that names an account record is refused while there is none', async () => {
  const answer = await createTestApp().send('POST', paths.operations, {
    headers: { 'content-type': framesMediaType, [accountHeader]: hashOf(first) },
    body: new Uint8Array(),
  });
  await assertRefused(answer, 'account-changed');
});

test('[SRV-7] before there is an account, it is not found', async () => {
  await assertRefused(await createTestApp().send('GET', paths.account), 'not-found');
});

test('[SRV-8] an account is made once, and the second try says that one server keeps one', async () => {
  const { send } = await appWithAccount();
  const problem = await assertRefused(
    await send('PUT', paths.account, { headers: absent, body: second }),
    'account-exists',
  );
  assert.match(problem.detail, /a server can only have one/);
  assert.equal(await (await send('GET', paths.account)).text(), first);
});

test('[SRV-8] an account record is changed over the one that the ETag names', async () => {
  const { send } = await appWithAccount();
  const overFirst = { ...json, 'if-match': etagOf(first) };
  const changed = await send('PUT', paths.account, { headers: overFirst, body: second });
  assert.equal(changed.status, 204);
  assert.equal(changed.headers.get('etag'), etagOf(second));
  await assertRefused(
    await send('PUT', paths.account, { headers: overFirst, body: first }),
    'account-changed',
  );
  assert.equal(await (await send('GET', paths.account)).text(), second);
});

const preconditions: readonly (readonly [title: string, headers: Readonly<Record<string, string>>])[] = [
  ['none', {}],
  ['both', { 'if-none-match': '*', 'if-match': etagOf(first) }],
  ['If-None-Match with an ETag', { 'if-none-match': etagOf(first) }],
];

for (const [title, headers] of preconditions)
  test(`[SRV-7] a PUT whose precondition is ${title} is refused`, async () => {
    const { send } = await appWithAccount();
    await assertRefused(
      await send('PUT', paths.account, { headers: { ...json, ...headers }, body: second }),
      'precondition-required',
    );
    assert.equal(await (await send('GET', paths.account)).text(), first);
  });

for (const ifMatch of ['*', '"x"', 'W/"00"', ''])
  test(`[SRV-8] If-Match: ${ifMatch || 'nothing'} matches no record`, async () => {
    const { send } = await appWithAccount();
    await assertRefused(
      await send('PUT', paths.account, { headers: { ...json, 'if-match': ifMatch }, body: second }),
      'account-changed',
    );
  });

const malformed: readonly (readonly [title: string, body: string | Uint8Array])[] = [
  ['nothing', ''],
  ['not JSON', '{'],
  ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
];

for (const [title, body] of malformed)
  test(`[SRV-1] an account record that is ${title} is refused`, async () => {
    const { send } = createTestApp();
    await assertRefused(await send('PUT', paths.account, { headers: absent, body }), 'malformed-request');
    await assertRefused(await send('GET', paths.account), 'not-found');
  });

test('[SRV-5] an account record over the limit is refused', async () => {
  const { send } = createTestApp();
  const body = accountText('a'.repeat(limits.accountBytesMax));
  await assertRefused(await send('PUT', paths.account, { headers: absent, body }), 'too-large');
});

async function appWithAccount(): Promise<TestApp> {
  const app = createTestApp();
  await app.send('PUT', paths.account, { headers: absent, body: first });
  return app;
}

/** With a space that no serialiser writes: the bytes must survive. */
function accountText(keyring: string): string {
  const kdf = '{"name":"PBKDF2-HMAC-SHA-256","iterations":1200000}';
  return `{"version": 1,"kdf":${kdf},"keyring":"${keyring}"}`;
}

function postNothing(app: TestApp): Promise<Response> {
  return app.send('POST', paths.operations, {
    headers: { 'content-type': framesMediaType },
    body: new Uint8Array(),
  });
}

function etagOf(text: string): string {
  return `"${hashOf(text)}"`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
