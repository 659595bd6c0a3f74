// Many accounts on a real PostgreSQL and a bucket: the suites that a folder for each account passes, and what only shared tables can do wrong.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { bytesToHex, encodeFrames, framesMediaType, paths } from '@dataans/core';
import { testTwoAccounts } from '../../packages/server/src/accounts/two-accounts.contract.ts';
import { nameOf, patternBytes, piecesOf } from '../../packages/server/src/chunks/chunk-store.contract.ts';
import { backUpKept } from '../../packages/server/src/commands/back-up-accounts.ts';
import type { About } from '../../packages/server/src/commands/for-accounts.ts';
import { restoreKept } from '../../packages/server/src/commands/restore-kept.ts';
import { readSettings, type Settings } from '../../packages/server/src/config/read-settings.ts';
import { newAccountId, openManyStores } from '../../packages/server/src/storage/open-stores.ts';
import { createRecordedOutput } from '../../packages/server/src/testing/recorded-output.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import { systemClock } from '../../packages/server/src/clock.ts';
import {
  openDatabaseTokens,
  openManyDatabaseStores,
} from '../../packages/server/src/storage/open-database.ts';
import { openPostgresDatabase } from '../../packages/server/src/storage/postgres/database.ts';
import { createPostgresAccounts } from '../../packages/server/src/storage/postgres/postgres-accounts.ts';
import type { ManyStores } from '../../packages/server/src/storage/server-stores.ts';
import { createMemoryChunks } from '../../packages/server/src/chunks/memory-chunks.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { createIdentity } from '../../packages/server/src/auth/identity.ts';
import { tokenToHash } from '../../packages/server/src/auth/token-text.ts';
import { testDirectory } from '../../packages/server/src/stores/directory.contract.ts';
import type { AccountId } from '../../packages/server/src/stores/directory.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import { createManyApp } from '../../packages/server/src/testing/many-app.ts';
import { requirePostgres, startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { assertRefused } from '../../packages/server/src/testing/test-app.ts';
import { openForTest } from './databases/open-postgres.ts';

const server = await startPostgresServer(requirePostgres());
after(() => server.stop());

testDirectory('PostgreSQL directory', async (t) => {
  const { address, place } = await makePlace(t);
  return [(await openMany(t, address, place)).directory, (await openMany(t, address, place)).directory];
});

testTwoAccounts('shared tables', async (t) => {
  const { address, place } = await makePlace(t);
  return openMany(t, address, place);
});

test('[SRV-110] a database of one person and one of many are not taken for each other', async (t) => {
  const { address, place } = await makePlace(t);
  await createManyApp(await openMany(t, address, place)).send('alice', 'GET', paths.log);
  await assert.rejects(openForTest(t, address), {
    message: /has many accounts, and DATAANS_ACCOUNTS isn't set/,
  });
  const one = await server.makeDatabase();
  await openForTest(t, one);
  await assert.rejects(openMany(t, one, place), { message: /one person's notes/ });
});

test('[SRV-111] tokens of one name in two accounts are two, and each is found with its account', async (t) => {
  const { address, place } = await makePlace(t);
  const { directory, tokens } = await openMany(t, address, place);
  const ids = ['1', '2'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000` as AccountId);
  for (const id of ids) {
    await directory.add({ id, name: 'somebody', created: 1 });
    const own = await openDatabaseTokens(placeOf(address), id);
    afterTest(t, own.close);
    assert.equal(await own.add({ hash: tokenToHash(id), name: 'laptop', created: 1, expires: null }), true);
    assert.equal((await own.list()).length, 1);
  }
  const [first, second] = ids;
  assert.ok(first !== undefined && second !== undefined);
  const own = await openDatabaseTokens(placeOf(address), first);
  afterTest(t, own.close);
  assert.equal(await own.revoke('laptop', 2), true);
  const found = [await tokens.find(tokenToHash(first)), await tokens.find(tokenToHash(second))];
  assert.deepEqual(
    found.map((token) => [token?.account, token?.revoked]),
    [
      [first, 2],
      [second, null],
    ],
  );
});

test('[SRV-117] a quota holds in the statement that appends, and what is there is acknowledged again', async (t) => {
  const { address, place } = await makePlace(t);
  const stores = await openMany(t, address, place);
  const app = createManyApp(stores);
  const post = (who: string, label: string, count: number) =>
    app.send(who, 'POST', paths.operations, {
      headers: { 'content-type': framesMediaType },
      body: encodeFrames(envelopeFrames(label, count, 1_000)),
    });
  const put = (who: string, bytes: Uint8Array) =>
    app.send(who, 'PUT', paths.chunk(nameOf(bytes)), { body: bytes });
  for (const who of ['alice', 'bob']) await app.send(who, 'GET', paths.log);
  const alice = (await stores.directory.list()).find(({ name }) => name === 'alice@example.org');
  assert.ok(alice !== undefined);
  await stores.directory.setQuota(alice.id, 10_000);
  assert.equal((await post('alice', 'first', 10)).status, 200);
  await assertRefused(await put('alice', patternBytes(500)), 'over-quota');
  assert.equal((await post('alice', 'second', 1)).status, 200);
  await assertRefused(await post('alice', 'third', 1), 'over-quota');
  for (const label of ['first', 'second']) assert.equal((await post('alice', label, 1)).status, 200);
  assert.equal((await post('bob', 'third', 20)).status, 200);
  assert.equal((await put('bob', patternBytes(500))).status, 201);
  await stores.directory.setQuota(alice.id, 20_000);
  assert.equal((await put('alice', patternBytes(5_000))).status, 201);
  assert.equal((await post('alice', 'third', 1)).status, 200);
  await assertRefused(await post('alice', 'fourth', 6), 'over-quota');
});

test('[SRV-118] among a thousand accounts a page and an append take as many statements as with one', async (t) => {
  const { address, place } = await makePlace(t);
  const { directory } = await openMany(t, address, place);
  const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as AccountId;
  await directory.add({ id: idOf(0), name: 'first', created: 0 });
  const database = openPostgresDatabase({ ...placeOf(address), onLost: () => {} });
  afterTest(t, database.close);
  let statements = 0;
  const query: typeof database.query = (...words) => {
    statements += 1;
    return database.query(...words);
  };
  const accounts = createPostgresAccounts({
    database: { ...database, query },
    hash: sha256,
    openChunks: async () => createMemoryChunks({ hash: sha256 }),
    onAppended: () => {},
  });
  const count = async (number: number, label: string) => {
    const identity = createIdentity('test', 'somebody', null, { account: idOf(number) });
    await accounts.of(identity);
    statements = 0;
    const { log } = await accounts.of(identity);
    assert.ok((await log.append(envelopeFrames(label, 100))).ok);
    assert.ok((await log.readPage({ after: 0, chain: null, operationsMax: 100, bytesMax: 1_000_000 })).ok);
    return statements;
  };
  assert.equal(await count(0, 'a'), 2);
  for (let number = 1; number < 1_000; number += 1)
    await directory.add({ id: idOf(number), name: 'another', created: number });
  assert.equal(await count(0, 'b'), 2);
  assert.equal(await count(999, 'a'), 2);
});

test('[SRV-116] [SRV-118] all accounts move from a data folder to a database and back, each to its own person', async (t) => {
  const folder = await temporaryFolder(t);
  const { address, place } = await makePlace(t);
  const at = (name: string) => join(folder, name);
  const folderStores = await openManyStores(settingsFor(at('data')), surroundings);
  for (const [name, operations] of [
    ['alice', 3],
    ['bob', 5],
  ] as const)
    await fillAccount(folderStores, name, operations);
  const before = await describe(folderStores);
  await folderStores.close();

  const database = settingsFor(at('none'), {
    DATAANS_DATABASE: address,
    DATAANS_CHUNKS: `s3://${place.bucket}/some`,
    DATAANS_S3_ENDPOINT: place.endpoint.origin,
    DATAANS_S3_REGION: place.region,
    DATAANS_S3_KEY_ID: place.keyId,
    DATAANS_S3_SECRET: place.secret,
  });
  await backUpKept(aboutOf(settingsFor(at('data'))), { folder: at('there'), verify: false });
  await restoreKept(aboutOf(database), { folder: at('there'), number: null });
  const stores = await openManyStores(database, surroundings);
  afterTest(t, stores.close);
  assert.deepEqual(await describe(stores), before);
  await assert.rejects(restoreKept(aboutOf(database), { folder: at('there'), number: null }), {
    message: /Something was wrong with 2 accounts/,
  });
  await backUpKept(aboutOf(database), { folder: at('back'), verify: false });
  await restoreKept(aboutOf(settingsFor(at('again'))), { folder: at('back'), number: null });
  const again = await openManyStores(settingsFor(at('again')), surroundings);
  afterTest(t, again.close);
  assert.deepEqual(await describe(again), before);
});

const surroundings = { clock: systemClock, onLost: () => {} };

function settingsFor(data: string, more: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({ DATAANS_DATA: data, DATAANS_ACCOUNTS: 'many', ...more }, null, () => data);
}

function aboutOf(settings: Settings): About {
  const progress = { show: () => {}, clear: () => {} };
  return { settings, account: null, how: { output: createRecordedOutput(), progress, asJson: false } };
}

async function fillAccount({ directory, accounts }: ManyStores, name: string, operations: number) {
  const signIn = { method: 'test', issuer: '', subject: name, name };
  const { id } = await directory.enrol(signIn, { id: newAccountId(), name, created: operations });
  await directory.setQuota(id, 10_000_000);
  const { log, chunks } = await accounts.of(createIdentity('test', name, null, { account: id }));
  await log.append(envelopeFrames(name, operations));
  await log.putAccount(new TextEncoder().encode(`{"of":"${name}"}`), { kind: 'absent' });
  await chunks.put(nameOf(patternBytes(operations)), piecesOf(patternBytes(operations), 2));
}

/** What there is of each account, and who comes in. */
async function describe({ accounts, directory }: ManyStores) {
  const found = [];
  for (const { id, name, quota, log: known } of await directory.list()) {
    const { log, chunks } = await accounts.of(createIdentity('test', name, null, { account: id }));
    const { seq, chain } = await log.head();
    const record = new TextDecoder().decode((await log.account()) ?? new Uint8Array());
    const whole = { head: seq, chain: bytesToHex(chain), record, chunks: await chunks.list(null, 9) };
    found.push({ id, name, quota, known, log: log.id, ...whole });
  }
  return { accounts: found, signIns: await directory.listSignIns() };
}

async function makePlace(t: TestContext) {
  const { place } = await startS3Server(t);
  return { address: await server.makeDatabase(), place };
}

function placeOf(address: string) {
  return { address, listenAddress: address, connections: 4, migrates: true };
}

async function openMany(
  t: TestContext,
  address: string,
  place: Awaited<ReturnType<typeof startS3Server>>['place'],
): Promise<ManyStores> {
  const stores = await openManyDatabaseStores(placeOf(address), place, {
    clock: systemClock,
    onLost: () => {},
  });
  afterTest(t, stores.close);
  return stores;
}
