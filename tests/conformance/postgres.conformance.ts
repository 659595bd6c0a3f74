import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test, type TestContext } from 'node:test';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { systemClock } from '../../packages/server/src/clock.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { testLogPair } from '../../packages/server/src/log/log-pair.contract.ts';
import { testLogStore } from '../../packages/server/src/log/log-store.contract.ts';
import { defaultConnections } from '../../packages/server/src/storage/postgres/database.ts';
import { openPostgres, type Postgres } from '../../packages/server/src/storage/postgres/open-postgres.ts';
import { openPostgresLog } from '../../packages/server/src/storage/postgres/postgres-log.ts';
import { testTokenStore } from '../../packages/server/src/stores/token-store.contract.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { envelopeFrame, envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import {
  findPostgres,
  startPostgresServer,
  type PostgresServer,
} from '../../packages/server/src/testing/postgres-server.ts';

let server: PostgresServer;

before(async () => {
  const programs = findPostgres();
  assert.ok(programs !== null, 'PostgreSQL is not installed.');
  server = await startPostgresServer(programs);
});

after(() => server.stop());

interface How {
  readonly listens?: boolean;
  readonly migrates?: boolean;
}

async function open(
  t: TestContext,
  address: string,
  { listens = true, migrates = true }: How = {},
): Promise<Postgres> {
  const opened = await openPostgres({
    address,
    listenAddress: listens ? address : null,
    connections: defaultConnections,
    migrates,
    hash: sha256,
    newLogId: () => randomBytesToUuid<LogId>(randomBytes(16)),
    clock: systemClock,
    onLost: () => {},
  });
  afterTest(t, () => opened.close());
  return opened;
}

testLogStore('PostgreSQL log', async (t) => (await open(t, await server.makeDatabase())).log);

for (const listens of [true, false])
  testLogPair(`PostgreSQL log ${listens ? 'with LISTEN' : 'without LISTEN'}`, async (t) => {
    const address = await server.makeDatabase();
    return [await open(t, address, { listens }), await open(t, address, { listens })];
  });

testTokenStore('PostgreSQL tokens', async (t) => (await open(t, await server.makeDatabase())).tokens);

test('[SRV-10] a batch takes one statement after one of our own, and two after a stranger’s', async (t) => {
  const address = await server.makeDatabase();
  const { database, log: strangers } = await open(t, address);
  let statements = 0;
  const counted = {
    ...database,
    query: (...words: Parameters<typeof database.query>) => {
      statements += 1;
      return database.query(...words);
    },
  };
  const ours = await openPostgresLog({ database: counted, hash: sha256, id: strangers.id });
  const countAppend = async (label: string) => {
    statements = 0;
    assert.ok((await ours.append(envelopeFrames(label, 1_000))).ok);
    return statements;
  };
  assert.equal(await countAppend('first'), 1);
  assert.equal(await countAppend('second'), 1);
  await strangers.append([envelopeFrame('a stranger’s')]);
  assert.equal(await countAppend('third'), 2);
});

test('[SRV-9] of servers that start at once on an empty database, one makes the log', async (t) => {
  const address = await server.makeDatabase();
  const opened = await Promise.all(Array.from({ length: 4 }, () => open(t, address)));
  assert.equal(new Set(opened.map(({ log }) => log.id)).size, 1);
  assert.equal(opened.filter(({ isNew }) => isNew).length, 1);
});
