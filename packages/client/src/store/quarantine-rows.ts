import { bytesToUuid, equalBytes, uuidToBytes, type OperationId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { QuarantinedOperation, QuarantineReason } from './local-log.ts';
import { readBytes, readNumber, readText } from './row-values.ts';

/** Received operations that could not be used, with their bytes. */
export interface QuarantineRows {
  /** `false` where the same bytes are here already: they are this entry now, if they were none. */
  add(id: Uint8Array, seq: number, reason: QuarantineReason, envelope: Uint8Array): boolean;
  /** What was an entry behind `seq` is none of the followed log now. // STO-25 */
  leaveEntries(seq: number): void;
  /** The operation could be used after all. */
  release(id: Uint8Array, envelope: Uint8Array): void;
  list(): readonly QuarantinedOperation[];
  /** The first bytes that came under this id. */
  envelope(id: OperationId): Uint8Array | null;
  isEmpty(): boolean;
}

export function createQuarantineRows(database: SqlDatabase): QuarantineRows {
  const selectById = database.prepare('SELECT entry, envelope FROM quarantine WHERE id = ? ORDER BY entry');
  const insert = database.prepare('INSERT INTO quarantine (id, seq, reason, envelope) VALUES (?, ?, ?, ?)');
  const move = database.prepare('UPDATE quarantine SET seq = ? WHERE entry = ? AND seq = 0');
  const leave = database.prepare('UPDATE quarantine SET seq = 0 WHERE seq > ?');
  const remove = database.prepare('DELETE FROM quarantine WHERE entry = ?');
  const selectAll = database.prepare(
    'SELECT id, seq, reason, length(envelope) AS bytes FROM quarantine ORDER BY seq, entry',
  );
  const selectAny = database.prepare('SELECT 1 FROM quarantine LIMIT 1');

  const findEntry = (id: Uint8Array, envelope: Uint8Array): number | null => {
    const row = selectById.all(id).find((held) => equalBytes(readBytes(held, 'envelope'), envelope));
    return row === undefined ? null : readNumber(row, 'entry');
  };

  return {
    add: (id, seq, reason, envelope) => {
      const entry = findEntry(id, envelope);
      if (entry === null) insert.run(id, seq, reason, envelope);
      else move.run(seq, entry);
      return entry === null;
    },
    leaveEntries: (seq) => {
      leave.run(seq);
    },
    release: (id, envelope) => {
      const entry = findEntry(id, envelope);
      if (entry !== null) remove.run(entry);
    },
    list: () =>
      selectAll.all().map((row) => ({
        id: bytesToUuid<OperationId>(readBytes(row, 'id')),
        seq: readNumber(row, 'seq'),
        // Written by `add` and by nothing else.
        reason: readText(row, 'reason') as QuarantineReason,
        bytes: readNumber(row, 'bytes'),
      })),
    envelope: (id) => {
      const row = selectById.get(uuidToBytes(id));
      return row === undefined ? null : readBytes(row, 'envelope');
    },
    isEmpty: () => selectAny.get() === undefined,
  };
}
