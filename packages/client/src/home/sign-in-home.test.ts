import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AccountRecord, Primitives } from '@dataans/core';
import { encodeRecord } from '../connection/account-tag.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import { createNodePrimitives } from '../node/primitives.ts';
import { createSecret } from '../platform/secret.ts';
import { openTestStore } from '../testing/test-store.ts';
import type { HomePlatform } from './home-platform.ts';
import { signInHome } from './sign-in-home.ts';

/** A server with one record, a home without files, and how often the home has stretched a password. */
function makeWorld(t: TestContext) {
  const primitives = createNodePrimitives();
  const world = { record: null as AccountRecord | null, kept: null as AccountRecord | null, stretched: 0 };
  const counting: Primitives = {
    ...primitives,
    stretchPassword: (...asked) => {
      world.stretched += 1;
      return primitives.stretchPassword(...asked);
    },
  };
  const connection = {
    address: 'http://notes.example',
    access: () => ({ kind: 'none' }),
    readSession: async () => ({ expires: null }),
    readLog: async () => ({ log: '00112233-4455-4677-8899-aabbccddeeff', head: 0, chain: '00'.repeat(32) }),
    readAccount: async () =>
      world.record === null ? null : { record: world.record, encoded: encodeRecord(world.record) },
    createAccount: async (record: AccountRecord) => {
      world.record = record;
      return true;
    },
  } as unknown as ServerConnection; // All that a sign-in comes to use.
  const store = openTestStore(t);
  const platform = {
    primitives: counting,
    isStoreMissing: () => false,
    kept: {
      record: { read: async () => world.kept },
      keyringSecrets: () => null,
      readUnconfirmed: async () => null,
      keep: async ({ record }: { readonly record: AccountRecord }) => {
        world.kept = record;
      },
    },
  } as unknown as HomePlatform; // Likewise.
  const signIn = () =>
    signInHome(
      { platform, connection, met: null, openStore: () => store },
      {
        server: connection.address,
        password: createSecret('correct horse'),
        passphrase: createSecret('my own words'),
        access: { kind: 'none' },
        device: 'Laptop',
      },
    );
  return { world, signIn };
}

test('[ACC-12] a sign-in stretches the password once: a first one, another one, and one that restores the account', async (t) => {
  const { world, signIn } = makeWorld(t);
  assert.equal((await signIn()).account, 'created');
  assert.equal(world.stretched, 1);
  assert.equal((await signIn()).account, 'opened');
  assert.equal(world.stretched, 2);
  world.record = null; // The server has lost it; the keys are only in the record that this home keeps.
  assert.equal((await signIn()).account, 'created');
  assert.equal(world.stretched, 3);
});
