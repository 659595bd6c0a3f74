import {
  bytesToUuid,
  equalBytes,
  readSealedHeader,
  sealedHeaderBytes,
  uuidToBytes,
  type OperationId,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import type {
  OutboxBounds,
  QuarantineCounts,
  QuarantinedOperation,
  QuarantineReason,
  RetriableOperation,
} from './local-log.ts';
import { readBytes, readNullableBytes, readNullableNumber, readNumber, readText } from './row-values.ts';

/** An operation to be kept aside. */
export interface NewQuarantined {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly seq: number;
  readonly reason: QuarantineReason;
  readonly envelope: Uint8Array;
  readonly nowMs: number;
}

/** Received operations that could not be used, with their bytes. */
export interface QuarantineRows {
  /** `false` where the same bytes are here already: they are this entry now, if they were none. */
  add(quarantined: NewQuarantined): boolean;
  /** What was an entry behind `seq` is none of the followed log now, and what only repeated one is gone. // STO-25 */
  leaveEntries(seq: number): void;
  /** The operation could be used after all. */
  release(id: Uint8Array, envelope: Uint8Array): void;
  list(): readonly QuarantinedOperation[];
  counts(): QuarantineCounts;
  /** See `LocalLog.retriable`. */
  retriable(bounds: OutboxBounds): readonly RetriableOperation[];
  /** The entry of the log that it is, 0 where it is none; `null` where it is not here any more. */
  seqOf(entry: number): number | null;
  /** Why it cannot be used now. */
  judge(entry: number, reason: QuarantineReason): void;
  remove(entry: number): void;
  /** The first bytes that came under this id: those of an entry of the followed log where there is one. */
  envelope(id: OperationId): Uint8Array | null;
  isEmpty(): boolean;
}

export function createQuarantineRows(database: SqlDatabase): QuarantineRows {
  const selectById = database.prepare(
    'SELECT entry, envelope FROM quarantine WHERE id = ? ORDER BY seq = 0, entry',
  );
  const insert = database.prepare(
    'INSERT INTO quarantine (id, seq, reason, envelope, received_at) VALUES (?, ?, ?, ?, ?)',
  );
  const move = database.prepare('UPDATE quarantine SET seq = ? WHERE entry = ? AND seq = 0');
  const dropRepeated = database.prepare("DELETE FROM quarantine WHERE seq > ? AND reason = 'repeated'");
  const leave = database.prepare('UPDATE quarantine SET seq = 0 WHERE seq > ?');
  const remove = database.prepare('DELETE FROM quarantine WHERE entry = ?');
  const selectAll = database.prepare(
    `SELECT id, seq, reason, received_at, length(envelope) AS bytes, substr(envelope, 1, ${sealedHeaderBytes}) AS header` +
      ' FROM quarantine ORDER BY seq, entry',
  );
  const selectCounts = database.prepare(
    'SELECT reason, count(*) AS operations FROM quarantine GROUP BY reason',
  );
  const selectRetriable = database.prepare(
    `SELECT entry, id, envelope FROM quarantine WHERE entry > ? AND reason NOT IN (${neverUsable}) ORDER BY entry LIMIT ?`,
  );
  const selectSeq = database.prepare('SELECT seq FROM quarantine WHERE entry = ?');
  const updateReason = database.prepare(
    'UPDATE quarantine SET reason = ?1 WHERE entry = ?2 AND reason <> ?1',
  );
  const selectAny = database.prepare('SELECT 1 FROM quarantine LIMIT 1');

  const findEntry = (id: Uint8Array, envelope: Uint8Array): number | null => {
    const row = selectById.all(id).find((held) => equalBytes(readBytes(held, 'envelope'), envelope));
    return row === undefined ? null : readNumber(row, 'entry');
  };

  return {
    add: ({ id, seq, reason, envelope, nowMs }) => {
      const entry = findEntry(id, envelope);
      if (entry === null) insert.run(id, seq, reason, envelope, nowMs);
      else move.run(seq, entry);
      return entry === null;
    },
    leaveEntries: (seq) => {
      dropRepeated.run(seq);
      leave.run(seq);
    },
    release: (id, envelope) => {
      const entry = findEntry(id, envelope);
      if (entry !== null) remove.run(entry);
    },
    list: () => selectAll.all().map(rowToQuarantined),
    counts: () =>
      Object.fromEntries(selectCounts.all().map((row) => [readReason(row), readNumber(row, 'operations')])),
    retriable: ({ after = 0, operations, bytes }) => {
      const taken: RetriableOperation[] = [];
      let left = bytes;
      for (const row of selectRetriable.iterate(after, operations)) {
        const envelope = readBytes(row, 'envelope');
        left -= envelope.length;
        if (left < 0 && taken.length > 0) break;
        taken.push({ entry: readNumber(row, 'entry'), id: readBytes(row, 'id'), envelope });
      }
      return taken;
    },
    seqOf: (entry) => {
      const row = selectSeq.get(entry);
      return row === undefined ? null : readNumber(row, 'seq');
    },
    judge: (entry, reason) => {
      updateReason.run(reason, entry);
    },
    remove: (entry) => {
      remove.run(entry);
    },
    envelope: (id) => {
      const row = selectById.get(uuidToBytes(id));
      return row === undefined ? null : readBytes(row, 'envelope');
    },
    isEmpty: () => selectAny.get() === undefined,
  };
}

/** The log holds another operation there, and no program will change that. */
const neverUsable = "'other-bytes', 'repeated'";

/** SQLite makes the beginning of no bytes NULL. */
const nothing = new Uint8Array();

function rowToQuarantined(row: SqlRow): QuarantinedOperation {
  return {
    id: bytesToUuid<OperationId>(readBytes(row, 'id')),
    receivedAt: readNullableNumber(row, 'received_at'),
    seq: readNumber(row, 'seq'),
    reason: readReason(row),
    bytes: readNumber(row, 'bytes'),
    ...readSealedHeader(readNullableBytes(row, 'header') ?? nothing),
  };
}

function readReason(row: SqlRow): QuarantineReason {
  // Written by `add` and `judge`, and by nothing else.
  return readText(row, 'reason') as QuarantineReason;
}
