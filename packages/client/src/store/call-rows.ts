import { bytesToUuid, type OperationId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { readBytes, readNumber } from './row-values.ts';

/** What calls of programs recorded, so that one that is asked again records nothing more. // STO-50 */
export interface CallRows {
  /** @param place of the first of its operations, which lie one after another */
  add(call: string, place: number, operations: number): void;
  recordedBy(call: string): readonly OperationId[] | null;
}

/** A call is asked again within seconds, if at all. */
const rememberedCalls = 1_000;

export function createCallRows(database: SqlDatabase): CallRows {
  const insert = database.prepare('INSERT INTO calls (place, operations, call) VALUES (?, ?, ?)');
  const forget = database.prepare(
    'DELETE FROM calls WHERE place <= (SELECT place FROM calls ORDER BY place DESC LIMIT 1 OFFSET ?)',
  );
  const select = database.prepare('SELECT place, operations FROM calls WHERE call = ?');
  const selectIds = database.prepare(
    'SELECT id FROM operations WHERE place >= ?1 AND place < ?1 + ?2 ORDER BY place',
  );
  return {
    add: (call, place, operations) => {
      insert.run(place, operations, call);
      forget.run(rememberedCalls);
    },
    recordedBy: (call) => {
      const row = select.get(call);
      if (row === undefined) return null;
      return selectIds
        .all(readNumber(row, 'place'), readNumber(row, 'operations'))
        .map((operation) => bytesToUuid<OperationId>(readBytes(operation, 'id')));
    },
  };
}
