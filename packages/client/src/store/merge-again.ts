import { bytesToUuid, type EntityId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { codeToKind } from './kind-codes.ts';
import type { LogTables } from './log-tables.ts';
import { beginRevisionBatch } from './revision-batch.ts';
import { readBytes, readNumber } from './row-values.ts';

/** The first version of the schema whose stores merge as this program does. */
const mergesAsNow = 4;

/**
 * Merges anew what an older program merged: it merged otherwise. One entity at a time, so that memory stays small.
 * Within the transaction that brings the schema up to date. // STO-5
 */
export function mergeAgain(database: SqlDatabase, tables: LogTables, version: number): void {
  if (version >= mergesAsNow) return;
  const apart = database
    .prepare(
      'SELECT e.id, e.kind FROM entities e WHERE e.entity IN' +
        ' (SELECT o.entity FROM parents p CROSS JOIN operations o ON o.place = p.place)',
    )
    .all();
  // The index of words has their texts as they were.
  if (apart.length > 0) database.exec('UPDATE indexed SET place = 0');
  for (const row of apart) {
    const batch = beginRevisionBatch(tables, { byMs: Infinity, logTime: null });
    batch.mergeAgain(codeToKind(readNumber(row, 'kind')), bytesToUuid<EntityId>(readBytes(row, 'id')));
    batch.settle();
  }
}
