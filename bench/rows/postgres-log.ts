import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { limits, randomBytesToUuid, type LogId } from '@dataans/core';
import { sha256 } from '../../packages/server/src/hash.ts';
import type { LogStore } from '../../packages/server/src/log/log-store.ts';
import type { Postgres } from '../../packages/server/src/storage/postgres/open-postgres.ts';
import { openPostgresLog } from '../../packages/server/src/storage/postgres/postgres-log.ts';
import { openSqliteLog } from '../../packages/server/src/storage/sqlite/sqlite-log.ts';
import { countRow, durationRow, median, plainRow, timed, type Pair, type Row } from '../measure.ts';
import { newBatch } from '../world/operation-batch.ts';
import type { PostgresUnderTest } from '../world/postgres-under-test.ts';

const batchRatioMax = 1.6;
const newsMsMax = 10;

/** Batches and pages of a log in PostgreSQL beside one in SQLite on the same disk, and what another process hears of it. */
export async function measurePostgresLog(
  server: PostgresUnderTest,
  folder: string,
  samples: number,
): Promise<readonly Row[]> {
  const [one, other] = [await server.open(), await server.open()];
  const sqlite = openSqliteLog({
    path: join(folder, 'log.sqlite'),
    hash: sha256,
    newLogId: () => randomBytesToUuid<LogId>(randomBytes(16)),
  });
  try {
    const batches = await measurePairs(samples, one.log, sqlite, (log) => log.append(newBatch()));
    const pages = await measurePairs(samples, one.log, sqlite, readPage);
    return [
      durationRow('PostgreSQL: batch of 1,000, beside SQLite', batches, batchRatioMax),
      durationRow('PostgreSQL: page of 1,000, beside SQLite', pages),
      ...(await countStatements(one)),
      await measureNews(one, other, samples),
    ];
  } finally {
    await sqlite.close();
  }
}

function readPage(log: LogStore): Promise<unknown> {
  const { batchOperationsMax: operationsMax, batchBytesMax: bytesMax } = limits;
  return log.readPage({ after: 1_000, chain: null, operationsMax, bytesMax });
}

/** The first ones warm up, and are not counted. */
async function measurePairs(
  samples: number,
  log: LogStore,
  beside: LogStore,
  work: (log: LogStore) => Promise<unknown>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let sample = 0; sample < samples + warmUps; sample += 1) {
    const figure = await timed(() => work(log));
    const limit = await timed(() => work(beside));
    if (sample >= warmUps) pairs.push({ figure: figure.ms, limit: limit.ms });
  }
  return pairs;
}

const warmUps = 3;

/** What decides over a slow line is how often the database is asked. // SRV-10 */
async function countStatements({ database, log: strangers }: Postgres): Promise<readonly Row[]> {
  let statements = 0;
  const counted: typeof database = {
    ...database,
    query: (...words) => {
      statements += 1;
      return database.query(...words);
    },
  };
  const ours = await openPostgresLog({ database: counted, hash: sha256, id: strangers.id });
  const countAppend = async (): Promise<number> => {
    statements = 0;
    await ours.append(newBatch(10));
    return statements;
  };
  await countAppend();
  const inARow = await countAppend();
  await strangers.append(newBatch(1));
  return [
    countRow('PostgreSQL: statements for a batch after our own', inARow, 1),
    countRow('PostgreSQL: statements for a batch after another server’s', await countAppend(), 2),
  ];
}

/** From the acknowledgement of an append at one server to the moment another hears of it. */
async function measureNews(one: Postgres, other: Postgres, samples: number): Promise<Row> {
  const delays: number[] = [];
  let hear = (_seq: number): void => {};
  const stop = other.heads.subscribe(other.log.id, ({ seq }) => hear(seq));
  for (let sample = 0; sample < samples; sample += 1) {
    const heard = Promise.withResolvers<number>();
    const { seq } = await one.log.head();
    hear = (head) => {
      if (head > seq) heard.resolve(performance.now());
    };
    await one.log.append(newBatch(1));
    const acknowledgedMs = performance.now();
    delays.push(Math.max(0, (await heard.promise) - acknowledgedMs));
  }
  stop();
  const middle = median(delays);
  const goal = { text: `≤ ${newsMsMax} ms`, reached: middle <= newsMsMax };
  return plainRow('PostgreSQL: news of an append, at another server', middle, 'ms', goal);
}
