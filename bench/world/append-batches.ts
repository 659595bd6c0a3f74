// Appends batches to a log in PostgreSQL for a while, and prints how many operations that were.
import { setTimeout as wait } from 'node:timers/promises';
import type { LogId } from '@dataans/core';
import { sha256 } from '../../packages/server/src/hash.ts';
import { openPostgresDatabase } from '../../packages/server/src/storage/postgres/database.ts';
import { openPostgresLog } from '../../packages/server/src/storage/postgres/postgres-log.ts';
import { newBatch } from './operation-batch.ts';

const [address = '', log = '', startMs = '0', durationMs = '0'] = process.argv.slice(2);
const database = openPostgresDatabase({ address, connections: 4, onLost: () => {} });
// As the program that starts this made it.
const { append } = await openPostgresLog({ database, hash: sha256, id: log as LogId });
await append(newBatch(1));
await wait(Number(startMs) - Date.now());
let operations = 0;
while (Date.now() < Number(startMs) + Number(durationMs)) {
  const batch = newBatch();
  await append(batch);
  operations += batch.length;
}
await database.close();
process.stdout.write(`${operations}\n`);
