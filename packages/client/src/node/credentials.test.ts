import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import { createKeyring, DataansError } from '@dataans/core';
import type { Access } from '../connection/access.ts';
import { createSecret } from '../platform/secret.ts';
import {
  createAccessReader,
  credentialsPath,
  readCredentials,
  writeCredentials,
  type StoredCredentials,
} from './credentials.ts';
import { createNodePrimitives } from './primitives.ts';
import { temporaryFolder } from '../testing/test-store.ts';

const server = 'https://notes.example';
const keyring = createKeyring(createNodePrimitives());
const access: Access = {
  kind: 'access-token',
  header: 'cf-access-token',
  token: createSecret('a.b.c'),
  source: 'browser',
};
const credentials: StoredCredentials = { keyring, access, server, expires: 1_795_344_000_000 };

async function keep(t: TestContext, given: Partial<StoredCredentials> = {}): Promise<string> {
  const path = credentialsPath(temporaryFolder(t));
  await writeCredentials(path, { ...credentials, ...given });
  return path;
}

function readerOf(path: string, asked: string): () => Access {
  return createAccessReader(path, asked, keyring, () => new DataansError('not-signed-in', 'Signed out.'));
}

function tokenOf(read: Access | undefined): string | null {
  return read?.kind === 'access-token' ? read.token.reveal() : null;
}

test('[ACC-7] a handed-over token is kept for its owner only, and read as it was', async (t) => {
  const path = await keep(t);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const read = readCredentials(path);
  assert.equal(tokenOf(read?.access), 'a.b.c');
  assert.deepEqual([read?.server, read?.expires, read?.keyring], [server, credentials.expires, keyring]);
});

test('[ACC-7] a credential goes to the server that it is for, and to no other', async (t) => {
  const path = await keep(t);
  assert.equal(tokenOf(readerOf(path, server)()), 'a.b.c');
  for (const other of ['https://other.example', 'http://notes.example', `${server}/path`])
    assert.deepEqual(readerOf(path, other)(), { kind: 'none' });
});

test('credentials of an earlier version, which name no server, go on working', async (t) => {
  const path = await keep(t);
  const {
    server: _server,
    expires: _expires,
    ...earlier
  } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify(earlier));
  assert.equal(tokenOf(readerOf(path, server)()), 'a.b.c');
  assert.equal(readCredentials(path)?.expires, null);
});

test('[SYN-11] the reader gives the same value until the file is replaced, then the next one', async (t) => {
  const path = await keep(t);
  const read = readerOf(path, server);
  const first = read();
  assert.equal(read(), first);
  await writeCredentials(path, { ...credentials, access: { ...access, token: createSecret('d.e.f') } });
  assert.equal(tokenOf(read()), 'd.e.f');
});

test('a header that no token goes in is damage, not a credential', async (t) => {
  const path = await keep(t);
  await writeFile(path, (await readFile(path, 'utf8')).replace('cf-access-token', 'cookie'));
  assert.throws(() => readCredentials(path), { code: 'storage-unusable' });
});

test('[ACC-11] the reader of a home that was signed out, or in to another account, has nothing more to give', async (t) => {
  const path = await keep(t);
  const read = readerOf(path, server);
  read();
  await rm(path);
  assert.throws(read, { code: 'not-signed-in' });
  await writeCredentials(path, { ...credentials, keyring: createKeyring(createNodePrimitives()) });
  assert.throws(read, { code: 'not-signed-in' });
  await writeCredentials(path, credentials);
  assert.equal(tokenOf(read()), 'a.b.c');
});
