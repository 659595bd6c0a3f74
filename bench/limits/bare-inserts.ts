import { mkdtempSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { inBatches, type BareOperation, type BatchSizes } from './bare-operations.ts';

/** Milliseconds to insert the operations, on disk after each transaction. */
export function measureBareInserts(
  folder: string,
  operations: readonly BareOperation[],
  perTransaction: BatchSizes,
): number {
  const database = new DatabaseSync(join(mkdtempSync(join(folder, 'bare-')), 'bare.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(
    'CREATE TABLE bare (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, envelope BLOB NOT NULL, opened BLOB NOT NULL)',
  );
  const insert = database.prepare('INSERT INTO bare (id, envelope, opened) VALUES (?, ?, ?)');
  const start = performance.now();
  for (const batch of inBatches(operations, perTransaction)) {
    database.exec('BEGIN IMMEDIATE');
    for (const { id, envelope, opened } of batch) insert.run(id, envelope, opened);
    database.exec('COMMIT');
  }
  const ms = performance.now() - start;
  database.close();
  return ms;
}
