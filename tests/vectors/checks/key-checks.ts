import {
  bytesToUtf8,
  decodeKeyring,
  encodeKeyring,
  openAccount,
  parseAccountRecord,
  proveAccount,
  sealAccount,
  unlockKeyring,
  utf8ToBytes,
  type DerivationKey,
  type Primitives,
} from '@dataans/core';
import type { AccountOpening, DerivedKey, PlainKeyring, Vectors } from '../shapes.ts';
import { checkEach, checkFile, expectSame, fromHex, readKeyring, type VectorCheck } from './check.ts';

export function keyChecks(primitives: Primitives, vectors: Vectors): readonly VectorCheck[] {
  return [
    ...checkEach('key derivation', vectors['key-derivation'].valid, async (one) => {
      const hash = (text: string) => primitives.hash(utf8ToBytes(text.normalize('NFC')));
      const rootKey = await primitives.stretchPassword(
        hash(one.password),
        hash(one.passphrase),
        one.iterations,
      );
      await expectDerived(primitives, rootKey, one.derived);
      await expectDerived(
        primitives,
        await primitives.importDerivationKey(fromHex(one.rootKey)),
        one.derived,
      );
    }),
    ...checkEach('data key', vectors['key-derivation'].dataKeys, async (one) =>
      expectDerived(primitives, await primitives.importDerivationKey(fromHex(one.secret)), one.derived),
    ),
    ...checkFile(
      'keyring',
      vectors.keyring,
      ({ encoded, keyring }) => {
        expectSame(decodeKeyring(utf8ToBytes(encoded)), keyring);
        expectSame(bytesToUtf8(encodeKeyring(readKeyring(keyring))), encoded);
      },
      ({ encoded }) => (decodeKeyring(utf8ToBytes(encoded)) === null ? 'keyring' : 'accepted'),
    ),
    ...checkFile(
      'account',
      vectors.account,
      async ({ nonce, keyring, revision, ...opening }) => {
        expectSame(await openRecord(primitives, opening), { keyring, revision });
        if (revision === 0) return; // Version 1 is not written any more.
        const scripted: Primitives = { ...primitives, randomBytes: () => fromHex(nonce) };
        expectSame(await sealAccount(scripted, opening, readKeyring(keyring), revision), opening.record);
        const { passphrase } = opening;
        const keys = keyring.keys.map(({ id }) => id);
        expectSame(await prove(primitives, keyring, opening.record), { revision, keys, passphrase });
      },
      async (opening) => {
        const opened = await openRecord(primitives, opening);
        return typeof opened === 'string' ? opened : 'accepted';
      },
    ),
    ...checkEach('account, unproven', vectors.account.unproven, async ({ keyring, record }) =>
      expectSame(await prove(primitives, keyring, record), null),
    ),
  ];
}

async function prove(primitives: Primitives, keyring: PlainKeyring, value: unknown): Promise<unknown> {
  const record = parseAccountRecord(value);
  if (record?.version !== 2) throw new Error('expected a record of version 2');
  return proveAccount(primitives, await unlockKeyring(primitives, readKeyring(keyring)), record);
}

async function expectDerived(
  primitives: Primitives,
  from: DerivationKey,
  derived: readonly DerivedKey[],
): Promise<void> {
  for (const { purpose, key, mac } of derived) {
    const macKey = await primitives.deriveMacKey(from, purpose);
    const [actual] = await primitives.macMany(macKey, [utf8ToBytes('dataans')]);
    expectSame(actual, mac);
    await expectSealingKey(primitives, from, purpose, fromHex(key));
  }
}

/** A derived sealing key may not be read, but it seals as an AES key of the same bytes does. */
async function expectSealingKey(
  primitives: Primitives,
  from: DerivationKey,
  purpose: string,
  key: Uint8Array,
): Promise<void> {
  const nonce = new Uint8Array(12);
  const plaintext = utf8ToBytes('dataans');
  const sealingKey = await primitives.deriveSealingKey(from, purpose);
  const [sealed] = await primitives.sealMany(sealingKey, [
    { nonce, plaintext, additionalData: new Uint8Array() },
  ]);
  const { subtle } = globalThis.crypto;
  const plainKey = await subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['encrypt']);
  const expected = await subtle.encrypt({ name: 'AES-GCM', iv: nonce }, plainKey, Uint8Array.from(plaintext));
  expectSame(sealed, new Uint8Array(expected));
}

const accountStages: Readonly<Record<string, string>> = {
  'wrong-credentials': 'credentials',
  'weak-kdf': 'kdf',
};

/** The keyring and its revision, or the stage that refused. */
async function openRecord(primitives: Primitives, opening: AccountOpening): Promise<unknown> {
  const record = parseAccountRecord(opening.record);
  if (record === null) return 'record';
  // Whether anything was tried under the key tells the two stages of `malformed` apart.
  let tried = false;
  const watched: Primitives = {
    ...primitives,
    openMany: (key, requests) => {
      tried = true;
      return primitives.openMany(key, requests);
    },
  };
  const opened = await openAccount(watched, opening, record);
  if (opened.ok) return { keyring: opened.keyring, revision: opened.revision };
  return accountStages[opened.code] ?? (tried ? 'keyring' : 'keyring-shape');
}
