import {
  bytesToUuid,
  readSealedHeader,
  sealedHeaderBytes,
  uuidToBytes,
  type OperationId,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import type {
  AsideEntry,
  AwaitedBounds,
  AwaitedEntry,
  QuarantineCounts,
  QuarantinedOperation,
  QuarantineReason,
  RetriableOperation,
} from './local-log.ts';
import type { OutboxBounds } from './outbox-row.ts';
import { createQuarantineRoom, givenUpReasons, type QuarantineRoom } from './quarantine-room.ts';
import { readBytes, readNullableBytes, readNullableNumber, readNumber, readText } from './row-values.ts';

/** An operation to be kept aside. */
export interface NewQuarantined {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly seq: number;
  readonly reason: QuarantineReason;
  /** As it came; else the SHA-256 of what did not. */
  readonly content: { readonly envelope: Uint8Array } | { readonly hash: Uint8Array };
}

/** Received operations that could not be used, with their bytes where these are worth it. */
export interface QuarantineRows {
  /**
   * What is here already, with the same bytes, is this entry now, if it was none.
   *
   * @returns how many were not
   */
  add(quarantined: readonly NewQuarantined[], nowMs: number): number;
  /** What was an entry behind `seq` is none of the followed log now, and what only an entry can be is gone. // STO-25 */
  leaveEntries(seq: number): void;
  /** The operation could be used after all. */
  release(id: Uint8Array, envelope: Uint8Array): void;
  list(): readonly QuarantinedOperation[];
  counts(): QuarantineCounts;
  /** See `LocalLog.asideEntries`. */
  entries(reasons: readonly QuarantineReason[], after: number, rows: number): readonly AsideEntry[];
  /** How many those are. */
  countEntries(reasons: readonly QuarantineReason[], after: number): number;
  /** See `LocalLog.retriable`. */
  retriable(bounds: OutboxBounds): readonly RetriableOperation[];
  /** See `LocalLog.awaited`. */
  awaited(reasons: readonly QuarantineReason[], bounds: AwaitedBounds): readonly AwaitedEntry[];
  /** See `LocalLog.giveUp`. */
  giveUp(): { readonly operations: number; readonly bytes: number };
  /** The entry of the log that it is, 0 where it is none; `null` where it is not here any more. */
  seqOf(entry: number): number | null;
  /** Why it cannot be used now. */
  judge(entry: number, reason: QuarantineReason, envelope: Uint8Array): void;
  remove(entry: number): void;
  /** The first bytes under this id that are kept: those of an entry of the followed log where there is one. */
  envelope(id: OperationId): Uint8Array | null;
  isEmpty(): boolean;
  /** SHA-256, as entries are known by it. */
  hash(envelope: Uint8Array): Uint8Array;
}

export function createQuarantineRows(database: SqlDatabase): QuarantineRows {
  const selectHash = database.prepare('SELECT sha256(?) AS hash');
  const hash = (envelope: Uint8Array): Uint8Array => readBytes(selectHash.get(envelope) ?? {}, 'hash');
  return {
    ...createLists(database),
    ...createTries(database),
    ...createChanges(database, hash),
    hash,
  };
}

/** What a person and a verification are told. */
function createLists(
  database: SqlDatabase,
): Pick<QuarantineRows, 'list' | 'counts' | 'entries' | 'countEntries' | 'isEmpty'> {
  const selectAll = database.prepare(
    'SELECT id, seq, reason, received_at, bytes, header, envelope IS NOT NULL AS kept FROM quarantine ORDER BY seq, entry',
  );
  const selectCounts = database.prepare(
    'SELECT reason, count(*) AS operations FROM quarantine GROUP BY reason',
  );
  const selectEntries = database.prepare(
    'SELECT id, seq, reason FROM quarantine WHERE seq > ? AND reason IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?',
  );
  const selectEntryCount = database.prepare(
    'SELECT count(*) AS entries FROM quarantine WHERE reason IN (SELECT value FROM json_each(?)) AND seq > ?',
  );
  const selectAny = database.prepare('SELECT 1 FROM quarantine LIMIT 1');
  return {
    list: () => selectAll.all().map(rowToQuarantined),
    counts: () =>
      Object.fromEntries(selectCounts.all().map((row) => [readReason(row), readNumber(row, 'operations')])),
    entries: (reasons, after, rows) =>
      selectEntries.all(after, JSON.stringify(reasons), rows).map(rowToAsideEntry),
    countEntries: (reasons, after) =>
      readNumber(selectEntryCount.get(JSON.stringify(reasons), after) ?? {}, 'entries'),
    isEmpty: () => selectAny.get() === undefined,
  };
}

/** What is tried again, or asked for again. */
function createTries(
  database: SqlDatabase,
): Pick<QuarantineRows, 'retriable' | 'awaited' | 'seqOf' | 'envelope'> {
  const selectRetriable = database.prepare(
    'SELECT entry, id, reason, envelope FROM quarantine WHERE entry > ? AND envelope IS NOT NULL' +
      ` AND reason NOT IN (${neverUsable}) ORDER BY entry LIMIT ?`,
  );
  const selectAwaited = database.prepare(
    'SELECT entry, id, seq, reason, hash FROM quarantine WHERE seq > ? AND envelope IS NULL' +
      ' AND reason IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ? OFFSET ?',
  );
  const selectSeq = database.prepare('SELECT seq FROM quarantine WHERE entry = ?');
  const selectEnvelope = database.prepare(
    'SELECT envelope FROM quarantine WHERE id = ? AND envelope IS NOT NULL ORDER BY seq = 0, entry LIMIT 1',
  );
  return {
    retriable: ({ after = 0, operations, bytes }) => {
      const taken: RetriableOperation[] = [];
      let left = bytes;
      for (const row of selectRetriable.iterate(after, operations)) {
        const envelope = readBytes(row, 'envelope');
        left -= envelope.length;
        if (left < 0 && taken.length > 0) break;
        const entry = readNumber(row, 'entry');
        taken.push({ entry, id: readBytes(row, 'id'), reason: readReason(row), envelope });
      }
      return taken;
    },
    awaited: (reasons, { after, rows, skip }) =>
      selectAwaited.all(after, JSON.stringify(reasons), rows, skip).map(rowToAwaited),
    seqOf: (entry) => {
      const row = selectSeq.get(entry);
      return row === undefined ? null : readNumber(row, 'seq');
    },
    envelope: (id) => {
      const row = selectEnvelope.get(uuidToBytes(id));
      return row === undefined ? null : readBytes(row, 'envelope');
    },
  };
}

function createChanges(
  database: SqlDatabase,
  hash: QuarantineRows['hash'],
): Pick<QuarantineRows, 'add' | 'leaveEntries' | 'release' | 'giveUp' | 'judge' | 'remove'> {
  const room = createQuarantineRoom(database);
  const adding = createAdding(database, hash);
  const selectId = database.prepare('SELECT 1 FROM quarantine WHERE id = ? LIMIT 1');
  const removeSame = database.prepare('DELETE FROM quarantine WHERE id = ? AND hash = sha256(?)');
  const dropEntries = database.prepare(
    "DELETE FROM quarantine WHERE seq > ? AND reason IN ('repeated', 'withheld')",
  );
  const leave = database.prepare('UPDATE quarantine SET seq = 0 WHERE seq > ?');
  const remove = database.prepare('DELETE FROM quarantine WHERE entry = ?');
  const giveUp = database.prepare(
    'UPDATE quarantine SET envelope = NULL WHERE seq > 0 AND envelope IS NOT NULL' +
      ' AND reason IN (SELECT value FROM json_each(?)) RETURNING bytes',
  );
  const updateReason = database.prepare(
    'UPDATE quarantine SET reason = ?1, bytes = ?2, header = ?3, envelope = coalesce(envelope, ?4)' +
      ' WHERE entry = ?5 AND reason <> ?1',
  );
  return {
    add: (quarantined, nowMs) => {
      if (quarantined.length === 0) return 0;
      const left = room.measure();
      return quarantined.filter((each) => adding.add(each, left, nowMs)).length;
    },
    leaveEntries: (seq) => {
      dropEntries.run(seq);
      leave.run(seq);
    },
    release: (id, envelope) => {
      if (selectId.get(id) !== undefined) removeSame.run(id, envelope); // To hash every operation would cost too much.
    },
    giveUp: () => {
      const given = giveUp.all(JSON.stringify(givenUpReasons)).map((row) => readNumber(row, 'bytes'));
      return { operations: given.length, bytes: given.reduce((sum, bytes) => sum + bytes, 0) };
    },
    judge: (entry, reason, envelope) => {
      const kept = givenUpReasons.includes(reason) ? null : envelope;
      updateReason.run(reason, envelope.length, headerOf(envelope), kept, entry);
    },
    remove: (entry) => {
      remove.run(entry);
    },
  };
}

/** Finds what is here of an operation by its hash: a server can send one id as often as it likes. // STO-26 */
function createAdding(database: SqlDatabase, hash: QuarantineRows['hash']) {
  const select = database.prepare('SELECT entry, reason FROM quarantine WHERE id = ? AND hash = ?');
  const insert = database.prepare(
    'INSERT INTO quarantine (id, hash, seq, reason, received_at, bytes, header, envelope) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const move = database.prepare('UPDATE quarantine SET seq = ? WHERE entry = ? AND seq = 0');
  const meet = database.prepare(
    'UPDATE quarantine SET reason = ?, received_at = ?, bytes = ?, header = ?, envelope = ? WHERE entry = ?',
  );
  return {
    /** `false` where it was here. */
    add: ({ id, seq, reason, content }: NewQuarantined, room: QuarantineRoom, nowMs: number): boolean => {
      const envelope = 'envelope' in content ? content.envelope : null;
      const sha256 = 'hash' in content ? content.hash : hash(content.envelope);
      const known = select.get(id, sha256);
      const came = [nowMs, envelope?.length ?? null, envelope === null ? null : headerOf(envelope)] as const;
      if (known === undefined) {
        insert.run(id, sha256, seq, reason, ...came, room.take(reason, envelope));
        return true;
      }
      const entry = readNumber(known, 'entry');
      move.run(seq, entry);
      // What was held back before.
      if (readReason(known) === 'withheld' && envelope !== null)
        meet.run(reason, ...came, room.take(reason, envelope), entry);
      return false;
    },
  };
}

/** The log holds another operation there, and no program will change that. */
const neverUsable = "'other-bytes', 'repeated'";

/** SQLite makes the beginning of no bytes NULL. */
const nothing = new Uint8Array();

function headerOf(envelope: Uint8Array): Uint8Array {
  return envelope.subarray(0, sealedHeaderBytes);
}

function rowToQuarantined(row: SqlRow): QuarantinedOperation {
  return {
    id: bytesToUuid<OperationId>(readBytes(row, 'id')),
    receivedAt: readNullableNumber(row, 'received_at'),
    seq: readNumber(row, 'seq'),
    reason: readReason(row),
    bytes: readNullableNumber(row, 'bytes'),
    isKept: readNumber(row, 'kept') === 1,
    ...readSealedHeader(readNullableBytes(row, 'header') ?? nothing),
  };
}

function rowToAsideEntry(row: SqlRow): AsideEntry {
  return {
    id: bytesToUuid<OperationId>(readBytes(row, 'id')),
    seq: readNumber(row, 'seq'),
    reason: readReason(row),
  };
}

function rowToAwaited(row: SqlRow): AwaitedEntry {
  return {
    entry: readNumber(row, 'entry'),
    id: readBytes(row, 'id'),
    seq: readNumber(row, 'seq'),
    reason: readReason(row),
    hash: readBytes(row, 'hash'),
  };
}

function readReason(row: SqlRow): QuarantineReason {
  // Written by `add` and `judge`, and by nothing else.
  return readText(row, 'reason') as QuarantineReason;
}
