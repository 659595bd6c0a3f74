import { bytesToUuid, DataansError, uuidToBytes, type LogId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { Cursor } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** The server's log as far as it was followed. */
export interface FollowedLog {
  cursor(): Cursor | null;
  /**
   * Moves the cursor over the next `entries`.
   *
   * @throws DataansError `integrity` where they do not follow the cursor without a gap
   */
  follow(entries: number, cursor: Cursor): void;
  /** The entries from `seq` on are the operations from `place` on. */
  recordRun(seq: number, place: number, operations: number): void;
}

/**
 * Every position that was ever the end of a page or a batch is kept: at most one for each operation,
 * small beside it, and the point where two logs part is found exactly.
 */
export function createFollowedLog(database: SqlDatabase): FollowedLog {
  const selectCursor = database.prepare(
    'SELECT l.id, p.seq, p.chain FROM followed_log l, positions p ORDER BY p.seq DESC LIMIT 1',
  );
  const insertLog = database.prepare('INSERT INTO followed_log (one, id) VALUES (1, ?)');
  const insertPosition = database.prepare(
    'INSERT INTO positions (seq, chain) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const insertRun = database.prepare('INSERT OR REPLACE INTO runs (seq, place, operations) VALUES (?, ?, ?)');

  const readCursor = (): Cursor | null => {
    const row = selectCursor.get();
    if (row === undefined) return null;
    return {
      log: bytesToUuid<LogId>(readBytes(row, 'id')),
      seq: readNumber(row, 'seq'),
      chain: readBytes(row, 'chain'),
    };
  };

  return {
    cursor: readCursor,
    follow: (entries, cursor) => {
      const before = readCursor();
      if (!follows(before, entries, cursor))
        throw new DataansError('integrity', 'What the server sent does not follow what this device has.', {
          advice: 'Nothing was stored. Sync again.',
        });
      if (before === null) insertLog.run(uuidToBytes(cursor.log));
      insertPosition.run(cursor.seq, cursor.chain);
    },
    recordRun: (seq, place, operations) => {
      insertRun.run(seq, place, operations);
    },
  };
}

function follows(before: Cursor | null, entries: number, cursor: Cursor): boolean {
  if (before !== null && before.log !== cursor.log) return false;
  return cursor.seq === (before?.seq ?? 0) + entries;
}
