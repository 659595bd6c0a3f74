import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { limits } from '@dataans/core';
import { testChunkStore, testChunkStorePair } from '../../packages/server/src/chunks/chunk-store.contract.ts';
import { openIndexedChunks } from '../../packages/server/src/chunks/indexed-chunks.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { testLogPair } from '../../packages/server/src/log/log-pair.contract.ts';
import { testLogStore } from '../../packages/server/src/log/log-store.contract.ts';
import { openPostgresLog } from '../../packages/server/src/storage/postgres/postgres-log.ts';
import { createPostgresChunkIndex } from '../../packages/server/src/storage/postgres/postgres-chunk-index.ts';
import { createAskBucket } from '../../packages/server/src/storage/s3/ask-bucket.ts';
import { createS3Blobs } from '../../packages/server/src/storage/s3/s3-blobs.ts';
import { startS3Server, type S3Server } from '../../packages/server/src/testing/s3-server.ts';
import { testTokenStore } from '../../packages/server/src/stores/token-store.contract.ts';
import { envelopeFrame, envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import { requirePostgres, startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { openForTest } from './databases/open-postgres.ts';

const server = await startPostgresServer(requirePostgres());
after(() => server.stop());

testLogStore('PostgreSQL log', async (t) => (await openForTest(t, await server.makeDatabase())).log);

for (const listens of [true, false])
  testLogPair(`PostgreSQL log ${listens ? 'with LISTEN' : 'without LISTEN'}`, async (t) => {
    const address = await server.makeDatabase();
    const open = () => openForTest(t, address, listens ? address : null);
    return [await open(), await open()];
  });

testTokenStore('PostgreSQL tokens', async (t) => (await openForTest(t, await server.makeDatabase())).tokens);

const openChunks = async (t: TestContext, bucket: S3Server, address: string) => {
  const { database, log } = await openForTest(t, address);
  const ask = createAskBucket(bucket.place, { fetch, wait, random: Math.random });
  const blobs = createS3Blobs({ ask, prefix: bucket.place.prefix, log: log.id });
  const index = createPostgresChunkIndex(database.query, log.id);
  return openIndexedChunks({ blobs, index, hash: sha256 });
};

testChunkStore('chunks known to PostgreSQL', async (t) =>
  openChunks(t, await startS3Server(t), await server.makeDatabase()),
);

testChunkStorePair('chunks known to PostgreSQL', async (t) => {
  const [bucket, address] = [await startS3Server(t), await server.makeDatabase()];
  return [await openChunks(t, bucket, address), await openChunks(t, bucket, address)];
});

test('[SRV-101] a server is told of a head when the connection for news was lost and made again', async (t) => {
  const address = await server.makeDatabase();
  const [one, other] = [await openForTest(t, address), await openForTest(t, address)];
  const name = new URL(address).pathname.slice(1);
  const heard = (seq: number) =>
    new Promise<void>((resolve) => {
      const stop = other.heads.subscribe(other.log.id, (head) => {
        if (head.seq < seq) return;
        stop();
        resolve();
      });
    });
  const first = heard(1);
  await one.log.append([envelopeFrame('a')]);
  await first;
  server.sql(
    'postgres',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND query LIKE 'LISTEN%'`,
  );
  const second = heard(2);
  await one.log.append([envelopeFrame('b')]);
  await second;
});

test('[SRV-10] a batch takes one statement after one of our own, and two after a stranger’s', async (t) => {
  const address = await server.makeDatabase();
  const { database, log: strangers } = await openForTest(t, address);
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

test('[SRV-13] a page of a long log, of which nothing was analysed yet, looks at no more operations than a page has', async (t) => {
  const { database, log } = await openForTest(t, await server.makeDatabase());
  for (let batch = 0; batch < 10; batch += 1)
    await log.append(envelopeFrames(`batch ${batch}`, limits.batchOperationsMax));
  const asked: (readonly [string, readonly unknown[]])[] = [];
  const heard = {
    ...database,
    query: (statement: string, values: readonly unknown[] = []) => {
      asked.push([statement, values]);
      return database.query(statement, values);
    },
  };
  const { readPage, chainsAt } = await openPostgresLog({ database: heard, hash: sha256, id: log.id });
  asked.length = 0;
  const { batchOperationsMax: operationsMax, batchBytesMax: bytesMax } = limits;
  await readPage({ after: 1_000, chain: null, operationsMax, bytesMax });
  await chainsAt(1_000, operationsMax);
  for (const [statement, values] of asked) {
    const plan = await database.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`, values);
    const rows = JSON.stringify(plan.rows).matchAll(/"Actual Rows":(\d+)/g);
    assert.ok(Math.max(...Array.from(rows, ([, count]) => Number(count))) <= operationsMax);
  }
});

test('[SRV-9] of servers that start at once on an empty database, one makes the log', async (t) => {
  for (let round = 0; round < 5; round += 1) {
    const address = await server.makeDatabase();
    const opened = await Promise.all(Array.from({ length: 6 }, () => openForTest(t, address)));
    assert.equal(new Set(opened.map(({ log }) => log.id)).size, 1);
    assert.equal(opened.filter(({ isNew }) => isNew).length, 1);
  }
});
