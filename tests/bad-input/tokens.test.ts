import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { createDevice, makeAccount, password } from '../world/device.ts';
import { assertFails, type ExpectedFailure } from '../world/failures.ts';
import { listNotes, readStatus } from '../world/listings.ts';
import { startServerHere } from '../world/server-here.ts';
import type { TestServer } from '../world/server.ts';
import { createWorld } from '../world/world.ts';

const expired = (message: RegExp): ExpectedFailure => ({ exitCode: 3, code: 'session-expired', message });

const ends: readonly (readonly [
  what: string,
  end: (server: TestServer) => Promise<void> | void,
  message: RegExp,
])[] = [
  [
    'revoked',
    async (server) => assert.equal((await server.operate('token', 'revoke', 'laptop')).exitCode, 0),
    /token has been revoked/,
  ],
  [
    'expired',
    ({ dataFolder }) => {
      const tokens = new DatabaseSync(join(dataFolder, 'tokens.sqlite'));
      tokens.exec('UPDATE tokens SET expires = created + 1');
      tokens.close();
    },
    /token has expired/,
  ],
];

for (const [what, end, message] of ends)
  test(`a token that was ${what} stops the sync and nothing else, until there is a new one`, async (t) => {
    const world = await createWorld(t);
    const server = await startServerHere(world, { env: { DATAANS_AUTH: 'token' } });
    const device = createDevice(world, 'laptop');
    const passphrase = await makeAccount(device, server.address, {
      env: { DATAANS_TOKEN: await addToken(server, 'laptop') },
    });
    await device.done(['space', 'add', 'Inbox']);
    await device.done(['sync']);
    await end(server);
    await device.done(['note', 'add', 'Written with a token that is worth nothing']);
    await assertFails(device, ['sync'], expired(message));
    assert.equal((await listNotes(device)).length, 1);
    assert.ok((await readStatus(device)).pendingOperations > 0);

    const env = {
      DATAANS_PASSWORD: password,
      DATAANS_PASSPHRASE: passphrase,
      DATAANS_TOKEN: await addToken(server, 'laptop again'),
    };
    await device.done(['sign-in', server.address], { env });
    await device.done(['sync']);
    assert.equal((await readStatus(device)).state, 'synced');
  });

test('without a token, and with one of nobody, no account is made', async (t) => {
  const world = await createWorld(t);
  const server = await startServerHere(world, { env: { DATAANS_AUTH: 'token' } });
  const device = createDevice(world, 'laptop');
  const signIn = ['sign-in', server.address];
  const env = { DATAANS_PASSWORD: password };
  await assertFails(device, signIn, expired(/needs an access token/), { env });
  const unknown = { ...env, DATAANS_TOKEN: `dat_${'A'.repeat(43)}` };
  await assertFails(device, signIn, expired(/isn't valid on this server/), { env: unknown });
  const token = await addToken(server, 'laptop');
  const account = await fetch(`${server.address}/v1/account`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(account.status, 404);
});

async function addToken(server: TestServer, name: string): Promise<string> {
  const { exitCode, stdout, stderr } = await server.operate('token', 'add', name);
  assert.equal(exitCode, 0, stderr);
  return stdout.trim();
}
