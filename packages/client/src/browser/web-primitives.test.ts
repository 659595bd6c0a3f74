import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SealingKey } from '@dataans/core';
import { createWebPrimitives } from './web-primitives.ts';

const primitives = createWebPrimitives(globalThis.crypto);

async function makeKeys() {
  const root = await primitives.stretchPassword(new Uint8Array(32), new Uint8Array(32), 1);
  const imported = await primitives.importDerivationKey(new Uint8Array(32));
  const sealing = await primitives.deriveSealingKey(imported, 'test');
  const mac = await primitives.deriveMacKey(imported, 'test');
  return { root, imported, sealing, mac };
}

test('no key can be exported, and each survives a structured clone as IndexedDB makes one', async () => {
  for (const key of Object.values(await makeKeys())) {
    assert.ok(key instanceof CryptoKey);
    assert.equal(key.extractable, false);
    assert.ok(structuredClone(key) instanceof CryptoKey);
  }
});

test('a key that is used for what it is not is a fault, not a tag that does not fit', async () => {
  const { mac } = await makeKeys();
  const request = { nonce: new Uint8Array(12), sealed: new Uint8Array(16), additionalData: new Uint8Array() };
  // The cast is what a mixed-up caller would do.
  await assert.rejects(primitives.openMany(mac as object as SealingKey, [request]));
});

test('bytes shorter than a tag do not open', async () => {
  const { sealing } = await makeKeys();
  const request = { nonce: new Uint8Array(12), sealed: new Uint8Array(8), additionalData: new Uint8Array() };
  assert.deepEqual(await primitives.openMany(sealing, [request]), [null]);
});
