import {
  bytesToUuid,
  createLineage,
  findHeadIds,
  uuidToBytes,
  type DeviceId,
  type EntityId,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import {
  entityOfSpace,
  hasLivingNotes,
  hasState,
  isLivingNote,
  rowToEntityOf,
  selectEntity,
} from './entity-rows.ts';
import { prefixToIdRange } from './id-prefix.ts';
import { codeByKind } from './kind-codes.ts';
import type { LogTables } from './log-tables.ts';
import type { Past } from './past.ts';
import { readBytes, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

export function createPast(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read'>,
  { revisions, parents, writer }: Pick<LogTables, 'revisions' | 'parents' | 'writer'>,
): Past {
  const selectIds = database.prepare(
    `SELECT e.id FROM entities e WHERE e.id BETWEEN ? AND ? AND e.kind = ? AND ${hasState} ORDER BY e.id`,
  );
  const selectByEntity = database.prepare(`${selectEntity} WHERE e.entity = ? AND ${hasState}`);
  const selectDeletedSpaces = database.prepare(
    `${selectEntity} WHERE e.kind = ${codeByKind.space} AND e.deleted = 1 AND ${hasState}` +
      ` AND NOT ${hasLivingNotes} ORDER BY e.edited_at DESC, e.id`,
  );
  const selectDeletedNotes = database.prepare(
    `SELECT e.entity FROM entities e WHERE ${isDeletedNote} ${latestFirst}`,
  );
  const selectDeletedNotesOfSpace = database.prepare(
    `SELECT e.entity FROM entities e WHERE ${isDeletedNote} AND e.space = ${entityOfSpace} ${latestFirst}`,
  );
  const selectNotesOfSpace = database.prepare(
    `SELECT e.id FROM entities e WHERE e.kind = ${codeByKind.note} AND ${hasState} AND e.space = ${entityOfSpace}` +
      ' ORDER BY e.entity',
  );
  const selectChanged = database.prepare(
    'SELECT e.id FROM entities e WHERE e.kind = ? AND e.edited_at > ? ORDER BY e.entity',
  );
  const selectSuspects = database.prepare(
    'SELECT DISTINCT e.entity FROM operations o JOIN entities e ON e.entity = o.entity' +
      ` WHERE o.place > ? AND ${isDeletedNote}`,
  );
  const countLeft = database.prepare(
    `SELECT count(*) AS notes FROM entities e WHERE ${isLivingNote}` +
      ' AND EXISTS (SELECT 1 FROM operations o WHERE o.entity = e.entity AND o.place <= ?)',
  );

  return {
    findByPrefix: (kind, prefix) => {
      const range = prefixToIdRange(prefix);
      return range === null ? [] : selectIds.all(range.first, range.last, codeByKind[kind]).map(rowToId);
    },
    deletedSpaces: () => selectDeletedSpaces.all().map((row) => rowToEntityOf('space', row)),
    *deletedNotes({ space } = {}) {
      const rows =
        space === undefined ? selectDeletedNotes.all() : selectDeletedNotesOfSpace.all(uuidToBytes(space));
      for (const { entity } of rows) {
        const row = selectByEntity.get(entity ?? null);
        if (row !== undefined && row['deleted'] === 1) yield rowToEntityOf('note', row);
      }
    },
    notesOf: (space) => selectNotesOfSpace.all(uuidToBytes(space)).map(rowToId),
    changedAfter: (kind, atMs) => selectChanged.all(codeByKind[kind], atMs).map(rowToId),
    removals: (operations) =>
      transactions.read(() => {
        const { device } = writer.read();
        const stamps = selectSuspects
          .all(operations)
          .map((row) => findRemoval({ revisions, parents }, readNumber(row, 'entity'), operations, device))
          .filter((at) => at !== null);
        const firstAt = stamps.length === 0 ? null : stamps.reduce((first, at) => Math.min(first, at));
        return { removed: stamps.length, firstAt };
      }),
    countLeft: (operations) => readNumber(countLeft.get(operations) ?? {}, 'notes'),
  };
}

const isDeletedNote = `e.kind = ${codeByKind.note} AND e.deleted = 1 AND ${hasState}`;

const latestFirst = 'ORDER BY e.edited_at DESC, e.id';

function rowToId(row: SqlRow): EntityId {
  return bytesToUuid<EntityId>(readBytes(row, 'id'));
}

/** Stamp of the deletion by another device that took a note which lived at this place; `null` where none did. */
function findRemoval(
  { revisions, parents }: Pick<LogTables, 'revisions' | 'parents'>,
  entity: number,
  place: number,
  ownDevice: DeviceId,
): number | null {
  const all = parents.listOf(entity);
  const before = findHeadIds(createLineage(all.filter((revision) => revision.place <= place)));
  if (before.every((id) => revisions.read(id).operation.deleted)) return null; // MRG-6
  // A deletion that an edit overruled took nothing.
  const stamps = findHeadIds(createLineage(all))
    .map(revisions.read)
    .filter((revision) => revision.place > place)
    .filter(({ operation }) => operation.deleted && operation.device !== ownDevice)
    .map(({ operation }) => operation.at);
  return stamps.length === 0 ? null : Math.min(...stamps);
}
