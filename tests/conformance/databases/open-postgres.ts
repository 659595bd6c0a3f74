import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { systemClock } from '../../../packages/server/src/clock.ts';
import { sha256 } from '../../../packages/server/src/hash.ts';
import { defaultConnections } from '../../../packages/server/src/storage/postgres/database.ts';
import { openPostgres, type Postgres } from '../../../packages/server/src/storage/postgres/open-postgres.ts';
import { afterTest } from '../../../packages/server/src/testing/after-test.ts';

/** A database as a server of ours opens it, until the test is over. */
export async function openForTest(
  t: TestContext,
  address: string,
  listenAddress: string | null = address,
): Promise<Postgres> {
  const opened = await openPostgres({
    address,
    listenAddress,
    connections: defaultConnections,
    migrates: true,
    hash: sha256,
    newLogId: () => randomBytesToUuid<LogId>(randomBytes(16)),
    clock: systemClock,
    onLost: () => {},
  });
  afterTest(t, () => opened.close());
  return opened;
}
