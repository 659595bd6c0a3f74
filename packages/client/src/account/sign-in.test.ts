import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createKeyring,
  sealAccount,
  type AccountRecord,
  type DataansError,
  type Keyring,
} from '@dataans/core';
import { createNodePrimitives } from '../node/primitives.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import { encodeRecord } from '../connection/account-tag.ts';
import { signIn, type SignInQuestion } from './sign-in.ts';

const primitives = createNodePrimitives();
const password = createSecret('correct horse');
const words = 'ability able about above absent absorb abstract';
const passphrase = createSecret(words);

/** A server that keeps one record. */
function serve(record: AccountRecord | null = null) {
  const server = {
    record,
    readLog: () =>
      Promise.resolve({ log: '00112233-4455-4677-8899-aabbccddeeff', head: 0, chain: '00'.repeat(32) }),
    readAccount: () =>
      Promise.resolve(
        server.record === null ? null : { record: server.record, encoded: encodeRecord(server.record) },
      ),
    createAccount: (created: AccountRecord) => {
      if (server.record !== null) return Promise.resolve(false);
      server.record = created;
      return Promise.resolve(true);
    },
    address: 'http://notes.example',
  };
  return server;
}

function ask(server: ReturnType<typeof serve>, overrides: Partial<SignInQuestion> = {}): SignInQuestion {
  return {
    // Sign-in uses these four members only.
    connection: server as unknown as ServerConnection,
    primitives,
    password,
    passphrase,
    existingKeyring: () => Promise.resolve(null),
    kept: null,
    unconfirmed: null,
    keepUnconfirmed: () => Promise.resolve(),
    storeKeyIds: [],
    ...overrides,
  };
}

async function makeRecord(keyring: Keyring): Promise<AccountRecord> {
  return sealAccount(primitives, { password: password.reveal(), passphrase: words }, keyring);
}

test('a server without an account gets one, which the same secrets open', async () => {
  const server = serve();
  const created = await signIn(ask(server));
  assert.equal(created.account, 'created');
  assert.equal(created.passphraseGenerated, false);
  const opened = await signIn(ask(server));
  assert.equal(opened.account, 'opened');
  assert.deepEqual(opened.keyring, created.keyring);
});

test('the keyring that a home has is the one that a new account gets', async () => {
  const existingKeyring = createKeyring(primitives);
  const signedIn = await signIn(
    ask(serve(), {
      existingKeyring: () => Promise.resolve(existingKeyring),
      storeKeyIds: [existingKeyring.current],
    }),
  );
  assert.deepEqual(signedIn.keyring, existingKeyring);
});

test('[ACC-2] a wrong password and a wrong passphrase are the same error, and the account stays as it was', async () => {
  const record = await makeRecord(createKeyring(primitives));
  const server = serve(record);
  for (const wrong of [{ password: createSecret('other') }, { passphrase: createSecret('my own words') }])
    await assert.rejects(signIn(ask(server, wrong)), {
      code: 'wrong-credentials',
      message: /^Wrong password or passphrase\.$/,
    });
  assert.equal(server.record, record);
});

test('[ACC-2] a mistyped word of a generated passphrase is named with the word that was meant', async () => {
  const server = serve(await makeRecord(createKeyring(primitives)));
  const typo = createSecret(words.replace('absorb', 'abzorb'));
  await assert.rejects(signIn(ask(server, { passphrase: typo })), (error: DataansError) => {
    assert.equal(error.code, 'wrong-credentials');
    assert.match(error.message, /“abzorb” looks mistyped\. .* “absorb”/);
    return true;
  });
});

test('an account takes its passphrase to open', async () => {
  const server = serve(await makeRecord(createKeyring(primitives)));
  await assert.rejects(signIn(ask(server, { passphrase: null })), {
    code: 'wrong-credentials',
    message: /you also need its passphrase/,
  });
});

test('an empty password is refused before anything is asked', async () => {
  const server = serve();
  await assert.rejects(signIn(ask(server, { password: createSecret('') })), { code: 'invalid' });
  assert.equal(server.record, null);
});

test('[ACC-3] the account of another home is refused', async () => {
  const server = serve(await makeRecord(createKeyring(primitives)));
  await assert.rejects(signIn(ask(server, { storeKeyIds: ['00000000'] })), { code: 'other-account' });
});

test('[ACC-3] a home that has lost its keys makes no account for notes that it could not open', async () => {
  const server = serve();
  await assert.rejects(signIn(ask(server, { storeKeyIds: ['00000000'] })), { code: 'other-account' });
  assert.equal(server.record, null);
});

test('[ACC-4] a generated passphrase is kept before the account is made with it', async () => {
  const server = serve();
  const kept: { readonly passphrase: Secret; readonly before: boolean }[] = [];
  const keepUnconfirmed = (generated: Secret): Promise<void> => {
    kept.push({ passphrase: generated, before: server.record === null });
    return Promise.resolve();
  };
  const signedIn = await signIn(ask(server, { passphrase: null, keepUnconfirmed }));
  assert.equal(signedIn.passphraseGenerated, true);
  assert.deepEqual(kept, [{ passphrase: signedIn.passphrase, before: true }]);
  assert.equal(signedIn.passphrase.reveal().split(' ').length, 7);
});

test('[ACC-4] an account whose making was not confirmed is opened with what was generated for it', async () => {
  const server = serve();
  const { createAccount } = server;
  server.createAccount = async (record) => {
    await createAccount(record);
    throw new Error('the answer is lost');
  };
  const kept: Secret[] = [];
  const keepUnconfirmed = (generated: Secret): Promise<void> => {
    kept.push(generated);
    return Promise.resolve();
  };
  await assert.rejects(signIn(ask(server, { passphrase: null, keepUnconfirmed })), /the answer is lost/);
  const again = await signIn(ask(server, { passphrase: null, unconfirmed: kept[0] ?? null }));
  assert.equal(again.account, 'opened');
  assert.equal(again.passphraseGenerated, true);
});

test('[ACC-4] whoever loses the race for a new account opens the one that won', async () => {
  const winner = createKeyring(primitives);
  const server = serve();
  server.createAccount = async () => {
    server.record = await makeRecord(winner);
    return false;
  };
  const signedIn = await signIn(ask(server));
  assert.equal(signedIn.account, 'opened');
  assert.deepEqual(signedIn.keyring, winner);
});

test('a record that asks for too few iterations, and one that is damaged, are integrity problems', async () => {
  const record = await makeRecord(createKeyring(primitives));
  const weak = { ...record, kdf: { ...record.kdf, iterations: 1_000 } };
  for (const changed of [weak, { ...record, keyring: 'AA' }])
    await assert.rejects(signIn(ask(serve(changed))), { code: 'integrity' });
});

test('[ACC-24] signing in again derives the key once, and does not ask for the keyring that is here', async () => {
  const keyring = createKeyring(primitives);
  const record = await makeRecord(keyring);
  let derivations = 0;
  const counted = {
    ...primitives,
    stretchPassword: (...given: Parameters<typeof primitives.stretchPassword>) => {
      derivations += 1;
      return primitives.stretchPassword(...given);
    },
  };
  const existingKeyring = () => Promise.reject(new Error('It was asked for.'));
  const again = { primitives: counted, existingKeyring, kept: record, storeKeyIds: [keyring.current] };
  assert.equal((await signIn(ask(serve(record), again))).account, 'opened');
  assert.equal(derivations, 1);
});
