import {
  bytesToUuid,
  createLineage,
  createRevisionGraph,
  findEffectiveTimes,
  findHeadIds,
  uuidToBytes,
  type DeviceId,
  type EntityId,
  type OperationId,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import {
  entityOfSpace,
  hasLivingNotes,
  hasState,
  isDeletedNote,
  isLivingNote,
  rowToEntityOf,
  selectEntity,
} from './entity-rows.ts';
import { prefixToIdRange } from './id-prefix.ts';
import { codeByKind } from './kind-codes.ts';
import type { LogTables } from './log-tables.ts';
import type { Past } from './past.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

export function createPast(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read'>,
  { revisions, parents, writer, arrivals }: Pick<LogTables, 'revisions' | 'parents' | 'writer' | 'arrivals'>,
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
    'SELECT e.id FROM entities e WHERE e.kind = ?1 AND (e.edited_at > ?2 OR e.entity IN (SELECT o.entity' +
      ' FROM arrivals a JOIN operations o ON o.place = a.place WHERE a.at > ?2)) ORDER BY e.entity',
  );
  const selectLatest = database.prepare('SELECT max(edited_at) AS at FROM entities');
  const selectSuspects = database.prepare(
    'SELECT DISTINCT e.entity, e.id FROM operations o JOIN entities e ON e.entity = o.entity' +
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
    arrivedAfter: arrivals.entitiesAfter,
    heldBy: (kind, id) => arrivals.ofEntity(uuidToBytes(id), codeByKind[kind]),
    latest: () => Math.max(arrivals.latest(), readNullableNumber(selectLatest.get() ?? {}, 'at') ?? 0),
    removals: (operations) =>
      transactions.read(() => {
        const { device } = writer.read();
        const times = selectSuspects
          .all(operations)
          .map((row) => {
            const held = arrivals.ofEntity(readBytes(row, 'id'), codeByKind.note);
            return findRemoval({ revisions, parents }, readNumber(row, 'entity'), operations, device, held);
          })
          .filter((at) => at !== null);
        const firstAt = times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at));
        return { removed: times.length, firstAt };
      }),
    countLeft: (operations) => readNumber(countLeft.get(operations) ?? {}, 'notes'),
  };
}

const latestFirst = 'ORDER BY e.edited_at DESC, e.id';

function rowToId(row: SqlRow): EntityId {
  return bytesToUuid<EntityId>(readBytes(row, 'id'));
}

/** When the deletion by another device counts as made that took a note which lived at this place; `null` where none did. */
function findRemoval(
  { revisions, parents }: Pick<LogTables, 'revisions' | 'parents'>,
  entity: number,
  place: number,
  ownDevice: DeviceId,
  heldBy: ReadonlyMap<OperationId, number>,
): number | null {
  const all = parents.listOf(entity);
  const before = findHeadIds(createLineage(all.filter((revision) => revision.place <= place)));
  if (before.every((id) => revisions.read(id).operation.deleted)) return null; // MRG-6
  // Stamps say it all unless something is remembered.
  const times =
    heldBy.size === 0
      ? null
      : findEffectiveTimes(createRevisionGraph(all.map(({ id }) => revisions.read(id))), heldBy);
  // A deletion that an edit overruled took nothing.
  const taken = findHeadIds(createLineage(all))
    .map(revisions.read)
    .filter((revision) => revision.place > place)
    .filter(({ operation }) => operation.deleted && operation.device !== ownDevice)
    .map(({ id, operation }) => times?.get(id) ?? operation.at);
  return taken.length === 0 ? null : Math.min(...taken);
}
