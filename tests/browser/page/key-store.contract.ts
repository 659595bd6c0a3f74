import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createKeyring,
  openEnvelopes,
  sealEnvelopes,
  unlockKeyring,
  utf8ToBytes,
  type AccountRecord,
  type DataKey,
  type Primitives,
} from '@dataans/core';
import type { KeptAccount } from '../../../packages/client/src/browser/kept-account.ts';
import { eraseKeyStore, openKeyStore } from '../../../packages/client/src/browser/key-store.ts';

/** What the key store must do: only a browser has one. */
export function keyStoreContract(primitives: Primitives): void {
  describe('the key store', () => {
    test('has nothing before it was given something, and nothing after it forgot', async () => {
      const keys = await openKeyStore(indexedDB, 'suite-empty');
      assert.equal(await keys.read('account'), null);
      await keys.write({ account: await makeAccount(), record });
      await keys.write({ account: null });
      assert.equal(await keys.read('account'), null);
      assert.deepEqual(await keys.read('record'), record);
      keys.close();
    });

    test('[BRW-4] keys that were kept open what was sealed before, and cannot be read', async () => {
      const account = await makeAccount();
      const first = await openKeyStore(indexedDB, 'suite-kept');
      await first.write({ account });
      first.close();
      const second = await openKeyStore(indexedDB, 'suite-kept');
      const kept = await second.read('account');
      second.close();
      assert.ok(kept);
      const operation = { id: primitives.randomBytes(16), encoded: utf8ToBytes('{"a":1}') };
      const [envelope] = await sealEnvelopes(primitives, account.keyring.current, [operation]);
      assert.ok(envelope);
      const [opened] = await openEnvelopes(primitives, kept.keyring, [{ id: operation.id, envelope }]);
      assert.deepEqual(opened?.ok === true ? opened.encoded : null, operation.encoded);
      assert.equal(kept.keyring.byId.get(kept.keyring.current.id), kept.keyring.current);
      assert.equal(kept.passphrase, account.passphrase);
      for (const key of keysOf(kept.keyring.current))
        await assert.rejects(crypto.subtle.exportKey('raw', key), { name: 'InvalidAccessError' });
    });

    test('[KEY-12] a sign-in from before records were proven is made once more, and its record stays', async () => {
      const older = indexedDB.open('suite-older', 1);
      older.addEventListener('upgradeneeded', () => older.result.createObjectStore('kept'));
      await new Promise((resolve) => older.addEventListener('success', resolve));
      const writing = older.result.transaction('kept', 'readwrite');
      writing.objectStore('kept').put({ device: 'a browser' }, 'account');
      writing.objectStore('kept').put(record, 'record');
      await new Promise((resolve) => writing.addEventListener('complete', resolve));
      older.result.close();
      const keys = await openKeyStore(indexedDB, 'suite-older');
      assert.equal(await keys.read('account'), null);
      assert.deepEqual(await keys.read('record'), record);
      keys.close();
    });

    test('a store that a newer program made is refused and kept', async () => {
      const newer = indexedDB.open('suite-newer', 1_000);
      await new Promise((resolve) => newer.addEventListener('success', resolve));
      newer.result.close();
      await assert.rejects(openKeyStore(indexedDB, 'suite-newer'), { code: 'storage-unusable' });
    });

    test('a store that has stepped aside for a newer program says to reload, and keeps what it has', async () => {
      const keys = await openKeyStore(indexedDB, 'suite-aside');
      await keys.write({ record });
      const newer = indexedDB.open('suite-aside', 1_000);
      await new Promise((resolve) => newer.addEventListener('success', resolve));
      newer.result.close();
      const isRefusal = { code: 'storage-unusable', advice: /Reload the page/ };
      await assert.rejects(keys.read('record'), isRefusal);
      await assert.rejects(keys.write({ record: null }), isRefusal);
    });

    test('[BRW-7] a store is erased whatever program made it, and whoever had it open begins anew', async () => {
      const keys = await openKeyStore(indexedDB, 'suite-erased');
      await keys.write({ record });
      await eraseKeyStore(indexedDB, 'suite-erased');
      assert.equal(await keys.read('record'), null);
      keys.close();
      await eraseKeyStore(indexedDB, 'suite-newer');
      const again = await openKeyStore(indexedDB, 'suite-newer');
      assert.equal(await again.read('record'), null);
      again.close();
    });
  });

  async function makeAccount(): Promise<KeptAccount> {
    const keyring = await unlockKeyring(primitives, createKeyring(primitives));
    return {
      server: 'http://127.0.0.1:1',
      device: 'a browser',
      passphrase: 'seven words',
      access: { kind: 'none' },
      expires: null,
      keyring,
    };
  }
}

const record: AccountRecord = {
  version: 1,
  kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_200_000 },
  keyring: 'AA',
};

function keysOf(key: DataKey): readonly CryptoKey[] {
  // Behind each opaque key of the web primitives is a CryptoKey.
  const { operationKey, chunkKey, chunkNonceKey, accountProofKey, accountPassphraseKey } = key;
  const keys: readonly object[] = [
    operationKey,
    chunkKey,
    chunkNonceKey,
    accountProofKey,
    accountPassphraseKey,
  ];
  return keys as readonly CryptoKey[];
}
