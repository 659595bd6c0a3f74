import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  base64urlToBytes,
  createKeyring,
  limits,
  openAccount,
  parseAccountRecord,
  sealAccount,
  type AccountRecord,
  type Primitives,
} from '@dataans/core';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';

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
  assert.deepEqual(await openAccount(primitives, decomposed, record), { ok: true, keyring });
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
  for (const damaged of ['AA', `AA${record.keyring.slice(2)}`, 'A']) {
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
  const renewed = await sealAccount(primitives, { password: 'new', passphrase: 'newer' }, keyring);
  const opened = await openAccount(primitives, { password: 'new', passphrase: 'newer' }, renewed);
  assert.deepEqual(opened, { ok: true, keyring });
});

test('[LIM-4] the record of six hundred data keys fits its limit', async () => {
  const keys = Array.from({ length: 600 }, () => createKeyring(primitives).keys[0]).filter(
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
    { ...record, version: 2 },
    { ...record, keyring: '' },
    { ...record, keyring: 'a b' },
    { ...record, kdf: { ...record.kdf, iterations: 0 } },
    { ...record, kdf: { ...record.kdf, iterations: 1_200_000.5 } },
    { ...record, kdf: { ...record.kdf, name: 'scrypt' } },
    { ...record, hint: 'x' },
  ])
    assert.equal(parseAccountRecord(other), null);
});
