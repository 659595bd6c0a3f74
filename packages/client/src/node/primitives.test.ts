import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import { createNodePrimitives } from './primitives.ts';

const primitives = createNodePrimitives();

async function makeKey() {
  return primitives.deriveSealingKey(await primitives.importDerivationKey(new Uint8Array(32)), 'test');
}

test('what was sealed opens under the same key, nonce and additional data, and under no other', async () => {
  const key = await makeKey();
  const request = {
    nonce: new Uint8Array(12),
    plaintext: utf8ToBytes('text'),
    additionalData: utf8ToBytes('a'),
  };
  const [sealed = new Uint8Array()] = await primitives.sealMany(key, [request]);
  const opened = await primitives.openMany(key, [
    { ...request, sealed },
    { ...request, sealed, additionalData: utf8ToBytes('b') },
    { ...request, sealed: sealed.subarray(0, 8) },
  ]);
  assert.deepEqual(opened, [utf8ToBytes('text'), null, null]);
});

test('a key shows nothing of its secret when it is printed or serialised', async () => {
  const secret = new Uint8Array(32).fill(0x61);
  const key = await primitives.importDerivationKey(secret);
  assert.equal(JSON.stringify(key), '{}');
});

test('a key of another platform is refused', async () => {
  const key = await makeKey();
  // A plain object has the brand of no platform; the cast is what a mixed-up caller would do.
  await assert.rejects(
    async () =>
      primitives.sealMany({} as typeof key, [
        { nonce: new Uint8Array(12), plaintext: new Uint8Array(), additionalData: new Uint8Array() },
      ]),
    TypeError,
  );
});
