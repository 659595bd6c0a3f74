import { bytesToUuid, uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { createChangedDays } from './changed-days.ts';
import { createDeletedEntities } from './deleted-entities.ts';
import { entityOfSpace, hasState } from './entity-rows.ts';
import { prefixToIdRange } from './id-prefix.ts';
import { codeByKind } from './kind-codes.ts';
import type { LogTables } from './log-tables.ts';
import type { Past } from './past.ts';
import { createPastNotes } from './past-notes.ts';
import { readBytes, readNullableNumber } from './row-values.ts';
import { createTakenNotes } from './taken-notes.ts';
import type { Transactions } from './transactions.ts';

export function createPast(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read'>,
  tables: Pick<LogTables, 'revisions' | 'parents' | 'writer' | 'arrivals'>,
): Past {
  const { arrivals } = tables;
  const selectIds = database.prepare(
    `SELECT e.id FROM entities e WHERE e.id BETWEEN ? AND ? AND e.kind = ? AND ${hasState} ORDER BY e.id`,
  );
  const selectNotesOfSpace = database.prepare(
    `SELECT e.id FROM entities e WHERE e.kind = ${codeByKind.note} AND ${hasState} AND e.space = ${entityOfSpace}` +
      ' ORDER BY e.entity',
  );
  const selectChanged = database.prepare(
    'SELECT e.id FROM entities e WHERE e.kind = ?1 AND (e.edited_at > ?2 OR e.entity IN (SELECT o.entity' +
      ' FROM arrivals a JOIN operations o ON o.place = a.place WHERE a.at > ?2)) ORDER BY e.entity',
  );
  const selectLatest = database.prepare('SELECT max(edited_at) AS at FROM entities');
  return {
    findByPrefix: (kind, prefix) => {
      const range = prefixToIdRange(prefix);
      return range === null ? [] : selectIds.all(range.first, range.last, codeByKind[kind]).map(rowToId);
    },
    notesOf: (space) => selectNotesOfSpace.all(uuidToBytes(space)).map(rowToId),
    notesAt: createPastNotes(database),
    changedDays: createChangedDays(database),
    changedAfter: (kind, atMs) => selectChanged.all(codeByKind[kind], atMs).map(rowToId),
    arrivedAfter: arrivals.entitiesAfter,
    heldBy: (kind, id) => arrivals.ofEntity(uuidToBytes(id), codeByKind[kind]),
    latest: () => Math.max(arrivals.latest(), readNullableNumber(selectLatest.get() ?? {}, 'at') ?? 0),
    ...createDeletedEntities(database),
    ...createTakenNotes(database, transactions, tables),
  };
}

function rowToId(row: SqlRow): EntityId {
  return bytesToUuid<EntityId>(readBytes(row, 'id'));
}
