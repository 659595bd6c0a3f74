import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';

/** Proves that SQLite finds nothing wrong with a file, as it was left. */
export function assertIntactDatabase(path: string): void {
  const database = new DatabaseSync(path);
  try {
    assert.deepEqual(
      database
        .prepare('PRAGMA integrity_check')
        .all()
        .map(({ integrity_check }) => integrity_check),
      ['ok'],
      path,
    );
    assert.deepEqual(database.prepare('PRAGMA foreign_key_check').all(), [], path);
  } finally {
    database.close();
  }
}
