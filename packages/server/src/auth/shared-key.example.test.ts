import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytesToHex, paths, utf8ToBytes } from '@dataans/core';
import { inProcessPeer } from './authenticator.ts';
import { sha256 } from '../hash.ts';
import { createTestAuthContext } from '../testing/auth-context.ts';
import { createTestApp } from '../testing/test-app.ts';
import { testAuthMethod } from './authenticator.contract.ts';
import { sharedKeyMethod } from './shared-key.example.ts';

const key = 'k'.repeat(43);
const texts = { DATAANS_SHARED_KEY_HASH: bytesToHex(sha256(utf8ToBytes(key))) };
const place = { host: '0.0.0.0', publicHost: null };

testAuthMethod('the example of docs/auth.md', async () => ({
  ...sharedKeyMethod.configure(texts, place)(createTestAuthContext()),
  method: 'shared-key',
  known: { name: 'who has the key', call: () => callWith(`Bearer ${key}`) },
  other: null,
  secret: key,
  strangers: {
    'somebody without the key': () => callWith(''),
    'somebody with another key': () => callWith(`Bearer ${key}x`),
  },
  handsOver: null,
}));

test('[AUTH-1] the example of docs/auth.md lets in who has the key, and stands there as it was run', async () => {
  const { authenticate } = sharedKeyMethod.configure(texts, place)(createTestAuthContext());
  const { send } = createTestApp({ authenticate });
  assert.equal((await send('GET', paths.log, { headers: { authorization: `Bearer ${key}` } })).status, 200);
  assert.equal((await send('GET', paths.log)).status, 401);
  assert.throws(
    () => sharedKeyMethod.configure({}, place),
    /^OperatorError: Refusing to start: .* needs DATAANS_SHARED_KEY_HASH\./,
  );

  const document = await readFile(join(import.meta.dirname, '../../../../docs/auth.md'), 'utf8');
  const [example] = [...document.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  assert.equal(example, await readFile(join(import.meta.dirname, 'shared-key.example.ts'), 'utf8'));
});

function callWith(authorization: string) {
  return {
    request: new Request('http://server/v1/log', { headers: { authorization } }),
    peer: inProcessPeer,
  };
}
