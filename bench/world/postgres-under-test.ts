import { randomBytes } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { randomBytesToUuid, startChain, type LogId } from '@dataans/core';
import { systemClock } from '../../packages/server/src/clock.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { defaultConnections } from '../../packages/server/src/storage/postgres/database.ts';
import { openPostgres, type Postgres } from '../../packages/server/src/storage/postgres/open-postgres.ts';
import { startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';

export interface PostgresUnderTest {
  readonly address: string;
  /** As one more process of a server opens it. */
  open(): Promise<Postgres>;
  close(): Promise<void>;
}

/** A PostgreSQL server whose files are below `folder`, on the same disk as what it is compared with. */
export async function startPostgresUnderTest(programs: string, folder: string): Promise<PostgresUnderTest> {
  await using opened = new AsyncDisposableStack();
  // PostgreSQL runs as a user who may do nothing else.
  await chmod(folder, 0o755);
  const server = opened.adopt(await startPostgresServer(programs, [], folder), (running) => running.stop());
  const address = await server.makeDatabase();
  const whileOpen = opened.move();
  return {
    address,
    open: async () =>
      whileOpen.adopt(
        await openPostgres({
          address,
          listenAddress: address,
          connections: defaultConnections,
          migrates: true,
          hash: sha256,
          newLogId,
          clock: systemClock,
          onLost: () => {},
        }),
        (postgres) => postgres.close(),
      ),
    close: () => whileOpen.disposeAsync(),
  };
}

/** One more log beside the others, as a server of many accounts has it. */
export async function makeLog({ database }: Postgres): Promise<LogId> {
  const log = newLogId();
  await database.query('INSERT INTO logs (log, start, seq, chain) VALUES ($1, $2, 0, $2)', [
    log,
    startChain(sha256, log),
  ]);
  return log;
}

function newLogId(): LogId {
  return randomBytesToUuid<LogId>(randomBytes(16));
}
