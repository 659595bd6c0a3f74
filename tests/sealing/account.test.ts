import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDataKey,
  base64urlToBytes,
  bytesToBase64url,
  concatBytes,
  createKeyring,
  hexToBytes,
  limits,
  openAccount,
  parseAccountRecord,
  proveAccount,
  sealAccount,
  unlockKeyring,
  type AccountRecord,
  type Primitives,
} from '@dataans/core';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { vectors } from '../vectors/vector-files.ts';

const primitives = createNodePrimitives();
const keyring = createKeyring(primitives);
const credentials = { password: 'pässword', passphrase: 'éight wörds' };
const record = await sealAccount(primitives, credentials, keyring);

/** Primitives that count derivations: each takes a fifth of a second, and must not be run for nothing. */
function countDerivations(): { readonly counted: Primitives; derivations(): number } {
  let count = 0;
  const counted: Primitives = {
    ...primitives,
    stretchPassword: (password, salt, iterations) => {
      count += 1;
      return primitives.stretchPassword(password, salt, iterations);
    },
  };
  return { counted, derivations: () => count };
}

test('[KEY-1] credentials open the account however their letters are composed', async () => {
  const decomposed = {
    password: credentials.password.normalize('NFD'),
    passphrase: credentials.passphrase.normalize('NFD'),
  };
  assert.notEqual(decomposed.password, credentials.password);
  assert.deepEqual(await openAccount(primitives, decomposed, record), { ok: true, keyring, revision: 1 });
});

test('[KEY-2] weak or absurd parameters are refused before anything is derived', async () => {
  for (const iterations of [1, limits.kdfIterations - 1, limits.kdfIterationsMax + 1]) {
    const { counted, derivations } = countDerivations();
    const asked: AccountRecord = { ...record, kdf: { ...record.kdf, iterations } };
    assert.deepEqual(await openAccount(counted, credentials, asked), { ok: false, code: 'weak-kdf' });
    assert.equal(derivations(), 0);
  }
});

test('[KEY-2] an account is sealed with 1,200,000 iterations', () => {
  assert.deepEqual(record.kdf, { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_200_000 });
});

test('[KEY-3] a wrong password, a wrong passphrase and changed parameters do not open', async () => {
  const wrong = { ok: false, code: 'wrong-credentials' };
  assert.deepEqual(await openAccount(primitives, { ...credentials, password: 'password' }, record), wrong);
  assert.deepEqual(
    await openAccount(primitives, { ...credentials, passphrase: 'eight words' }, record),
    wrong,
  );
  const changed: AccountRecord = { ...record, kdf: { ...record.kdf, iterations: limits.kdfIterations + 1 } };
  assert.deepEqual(await openAccount(primitives, credentials, changed), wrong);
});

test('[KEY-3] a damaged record is told from wrong credentials without deriving anything', async () => {
  for (const damaged of ['AA', `AQ${record.keyring.slice(2)}`, 'A']) {
    const { counted, derivations } = countDerivations();
    const opened = await openAccount(counted, credentials, { ...record, keyring: damaged });
    assert.deepEqual(opened, { ok: false, code: 'malformed' });
    assert.equal(derivations(), 0);
  }
});

test('[KEY-3] sealing the same keyring again takes another nonce', async () => {
  const again = await sealAccount(primitives, credentials, keyring);
  assert.notEqual(again.keyring, record.keyring);
});

test('[KEY-8] new credentials are one new record: the keyring, and with it all that was sealed, stays', async () => {
  const renewed = await sealAccount(primitives, { password: 'new', passphrase: 'newer' }, keyring, 2);
  const opened = await openAccount(primitives, { password: 'new', passphrase: 'newer' }, renewed);
  assert.deepEqual(opened, { ok: true, keyring, revision: 2 });
});

test('[LIM-4] the record of three hundred data keys fits its limit', async () => {
  const keys = Array.from({ length: 300 }, () => createKeyring(primitives).keys[0]).filter(
    (key) => key !== undefined,
  );
  const [first] = keys;
  const large = await sealAccount(primitives, credentials, { current: first?.id ?? keyring.current, keys });
  assert.ok(JSON.stringify(large).length <= limits.accountBytesMax, `${JSON.stringify(large).length}`);
  assert.ok(base64urlToBytes(large.keyring) !== null);
});

test('[KEY-9] a record of another shape or version is no account record', () => {
  assert.deepEqual(parseAccountRecord(JSON.parse(JSON.stringify(record))), record);
  for (const other of [
    null,
    [],
    { ...record, version: 3 },
    { ...record, version: 1 },
    { ...record, revision: 0 },
    { ...record, proofs: [] },
    { ...record, proofs: [...record.proofs, ...record.proofs] },
    { ...record, keyring: '' },
    { ...record, keyring: 'a b' },
    { ...record, kdf: { ...record.kdf, iterations: 0 } },
    { ...record, kdf: { ...record.kdf, iterations: 1_200_000.5 } },
    { ...record, kdf: { ...record.kdf, name: 'scrypt' } },
    { ...record, hint: 'x' },
  ])
    assert.equal(parseAccountRecord(other), null);
});

test('[KEY-4] a new data key whose id the keyring has already is drawn again', () => {
  const [first] = keyring.keys;
  assert.ok(first !== undefined);
  const drawn = [hexToBytes(first.id) ?? new Uint8Array(), Uint8Array.of(1, 2, 3, 4), new Uint8Array(32)];
  const scripted: Primitives = { ...primitives, randomBytes: () => drawn.shift() ?? new Uint8Array() };
  const { current, keys } = addDataKey(scripted, keyring);
  assert.equal(current, '01020304');
  assert.deepEqual(keys, [first, { id: '01020304', secret: new Uint8Array(32) }]);
});

test('[KEY-10] a record of the first version opens, as revision 0', async () => {
  const former = vectors.account.valid.find(({ revision }) => revision === 0);
  assert.ok(former !== undefined);
  const parsed = parseAccountRecord(former.record);
  assert.ok(parsed !== null);
  const opened = await openAccount(primitives, former, parsed);
  assert.equal(opened.ok && opened.revision, 0);
});

test('[KEY-11] a sealed keyring whose commitment is another password’s opens nothing', async () => {
  const other = await sealAccount(primitives, { ...credentials, password: 'other' }, keyring);
  const [own, others] = [record, other].map(
    ({ keyring: sealed }) => base64urlToBytes(sealed) ?? new Uint8Array(),
  );
  assert.ok(own !== undefined && others !== undefined);
  const spliced = concatBytes(others.subarray(0, 33), own.subarray(33));
  let opened = 0;
  const watched: Primitives = {
    ...primitives,
    openMany: (key, requests) => {
      opened += 1;
      return primitives.openMany(key, requests);
    },
  };
  const changed = { ...record, keyring: bytesToBase64url(spliced) };
  assert.deepEqual(await openAccount(watched, credentials, changed), {
    ok: false,
    code: 'wrong-credentials',
  });
  assert.equal(opened, 0);
});

test('[KEY-12] who holds one data key of several tells a true record from one that was changed', async () => {
  const larger = addDataKey(primitives, keyring);
  const sealed = await sealAccount(primitives, credentials, larger, 5);
  const former = await unlockKeyring(primitives, keyring);
  const keys = larger.keys.map(({ id }) => id);
  assert.deepEqual(await proveAccount(primitives, former, sealed), { revision: 5, keys, passphrase: null });
  for (const changed of [
    { revision: 6 },
    { kdf: { ...sealed.kdf, iterations: limits.kdfIterations + 1 } },
    { keyring: record.keyring },
    { passphrase: record.passphrase },
    { proofs: sealed.proofs.slice(0, 1) },
    { proofs: record.proofs },
  ])
    assert.equal(await proveAccount(primitives, former, { ...sealed, ...changed }), null);
  const stranger = await unlockKeyring(primitives, createKeyring(primitives));
  assert.equal(await proveAccount(primitives, stranger, sealed), null);
});

test('[KEY-13] who holds the current data key reads the passphrase, and its length shows in steps only', async () => {
  const unlocked = await unlockKeyring(primitives, keyring);
  const lengths = new Set<number>();
  for (const passphrase of ['', 'one', 'ä'.repeat(126)]) {
    const sealed = await sealAccount(primitives, { ...credentials, passphrase }, keyring);
    assert.equal((await proveAccount(primitives, unlocked, sealed))?.passphrase, passphrase);
    lengths.add(sealed.passphrase.length);
  }
  assert.equal(lengths.size, 1);
});
