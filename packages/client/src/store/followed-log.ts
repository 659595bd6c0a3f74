import { bytesToUuid, DataansError, uuidToBytes, type LogId, type OperationId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import type { Cursor, EntryHash, FollowedEntry, Position } from './local-log.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';

/** The server's log as far as it was followed. */
export interface FollowedLog {
  cursor(): Cursor | null;
  /**
   * Moves the cursor over the next `entries`.
   *
   * @throws DataansError `integrity` where they do not follow the cursor without a gap
   */
  follow(entries: number, cursor: Cursor): void;
  /** The latest stamp among its entries that was not ahead when they came; 0 before the first. // HIS-15 */
  latest(): number;
  moveLatest(atMs: number): void;
  /** The entries from `seq` on are the operations from `place` on. */
  recordRun(seq: number, place: number, operations: number): void;
  /** How many positions up to `seqMax` are remembered. */
  countPositions(seqMax: number): number;
  /** The remembered position with this rank, from 0 in the order of the log; `null` where there are fewer. */
  positionAt(rank: number): Position | null;
  /** The remembered positions behind `after`, up to and with `upTo`. */
  listPositions(after: number, upTo: number): readonly Position[];
  /** The operation at this place is an entry. */
  hasPlace(place: number): boolean;
  /** The first entries behind `after` that are operations here. */
  listEntries(after: number, entries: number): readonly FollowedEntry[];
  /** See `LocalLog.listHashes`. */
  listHashes(after: number, upTo: number): readonly EntryHash[];
  /** Puts the cursor here and forgets what lies behind it. */
  rewind(cursor: Cursor): void;
}

export function createFollowedLog(database: SqlDatabase): FollowedLog {
  const positions = createPositions(database);
  const runs = createRuns(database);
  const replaceLog = database.prepare('INSERT OR REPLACE INTO followed_log (one, id) VALUES (1, ?)');
  const selectLatest = database.prepare('SELECT max(latest) AS latest FROM followed_log');
  const updateLatest = database.prepare('UPDATE followed_log SET latest = ?');
  return {
    cursor: positions.cursor,
    follow: (entries, cursor) => {
      const before = positions.cursor();
      if (!follows(before, entries, cursor))
        throw new DataansError('integrity', "What the server sent doesn't continue what this device has.", {
          advice: 'Nothing was stored. Sync again.',
        });
      if (before === null) replaceLog.run(uuidToBytes(cursor.log));
      positions.insert(cursor);
    },
    latest: () => readNullableNumber(selectLatest.get() ?? {}, 'latest') ?? 0,
    moveLatest: (atMs) => {
      updateLatest.run(atMs);
    },
    recordRun: runs.record,
    countPositions: positions.count,
    positionAt: positions.at,
    listPositions: positions.list,
    hasPlace: runs.hasPlace,
    listEntries: runs.listEntries,
    listHashes: runs.listHashes,
    rewind: (cursor) => {
      runs.cut(cursor.seq);
      positions.cut(cursor.seq);
      positions.insert(cursor);
      replaceLog.run(uuidToBytes(cursor.log));
    },
  };
}

/**
 * Every position that was ever the end of a page or a batch is kept: at most one for each operation,
 * small beside it, and the point where two logs part is found exactly.
 */
function createPositions(database: SqlDatabase) {
  const selectCursor = database.prepare(
    'SELECT l.id, p.seq, p.chain FROM followed_log l, positions p ORDER BY p.seq DESC LIMIT 1',
  );
  const insert = database.prepare('INSERT INTO positions (seq, chain) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const selectCount = database.prepare('SELECT count(*) AS positions FROM positions WHERE seq <= ?');
  const selectRank = database.prepare('SELECT seq, chain FROM positions ORDER BY seq LIMIT 1 OFFSET ?');
  const selectBetween = database.prepare(
    'SELECT seq, chain FROM positions WHERE seq > ? AND seq <= ? ORDER BY seq',
  );
  const remove = database.prepare('DELETE FROM positions WHERE seq >= ?');
  return {
    cursor: (): Cursor | null => {
      const row = selectCursor.get();
      return row === undefined
        ? null
        : { log: bytesToUuid<LogId>(readBytes(row, 'id')), ...rowToPosition(row) };
    },
    insert: ({ seq, chain }: Position): void => {
      insert.run(seq, chain);
    },
    count: (seqMax: number): number => readNumber(selectCount.get(seqMax) ?? {}, 'positions'),
    at: (rank: number): Position | null => {
      const row = selectRank.get(rank);
      return row === undefined ? null : rowToPosition(row);
    },
    list: (after: number, upTo: number): readonly Position[] =>
      selectBetween.all(after, upTo).map(rowToPosition),
    cut: (seq: number): void => {
      remove.run(seq);
    },
  };
}

/** Entries that follow each other and are operations that follow each other. */
function createRuns(database: SqlDatabase) {
  const insert = database.prepare('INSERT OR REPLACE INTO runs (seq, place, operations) VALUES (?, ?, ?)');
  const selectPlace = database.prepare(
    'SELECT place + operations AS beyond FROM runs WHERE place <= ? ORDER BY place DESC LIMIT 1',
  );
  const selectEntries = database.prepare(
    'SELECT r.seq + o.place - r.place AS seq, o.id FROM runs r CROSS JOIN operations o' +
      ' ON o.place BETWEEN r.place + max(0, ?1 + 1 - r.seq) AND r.place + r.operations - 1' +
      ' WHERE r.seq + r.operations - 1 > ?1 ORDER BY r.seq, o.place LIMIT ?2',
  );
  const selectHashes = database.prepare(
    'SELECT r.seq + o.place - r.place AS seq, o.id AS id, sha256(o.envelope) AS hash' +
      ' FROM runs r CROSS JOIN operations o ON o.place BETWEEN r.place + max(0, ?1 + 1 - r.seq)' +
      ' AND r.place + min(r.operations - 1, ?2 - r.seq)' +
      ' WHERE r.seq <= ?2 AND r.seq + r.operations - 1 > ?1' +
      ' UNION ALL SELECT seq, id, hash FROM quarantine WHERE seq > ?1 AND seq <= ?2 ORDER BY seq',
  );
  const shorten = database.prepare(
    'UPDATE runs SET operations = ?1 + 1 - seq WHERE seq <= ?1 AND seq + operations - 1 > ?1',
  );
  const remove = database.prepare('DELETE FROM runs WHERE seq > ?');
  return {
    record: (seq: number, place: number, operations: number): void => {
      insert.run(seq, place, operations);
    },
    hasPlace: (place: number): boolean => {
      const row = selectPlace.get(place);
      return row !== undefined && place < readNumber(row, 'beyond');
    },
    listEntries: (after: number, entries: number): readonly FollowedEntry[] =>
      selectEntries.all(after, entries).map((row) => ({
        seq: readNumber(row, 'seq'),
        id: bytesToUuid<OperationId>(readBytes(row, 'id')),
      })),
    listHashes: (after: number, upTo: number): readonly EntryHash[] =>
      selectHashes
        .all(after, upTo)
        .map((row) => ({ id: readBytes(row, 'id'), hash: readBytes(row, 'hash') })),
    cut: (seq: number): void => {
      shorten.run(seq);
      remove.run(seq);
    },
  };
}

function rowToPosition(row: SqlRow): Position {
  return { seq: readNumber(row, 'seq'), chain: readBytes(row, 'chain') };
}

function follows(before: Cursor | null, entries: number, cursor: Cursor): boolean {
  if (before !== null && before.log !== cursor.log) return false;
  return cursor.seq === (before?.seq ?? 0) + entries;
}
