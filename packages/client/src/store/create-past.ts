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
import { hasLostText } from './lost-text.ts';
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
import type { Past, Removals } from './past.ts';
import { createPastNotes } from './past-notes.ts';
import type { PlacedRevision } from './revision-rows.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

export function createPast(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read'>,
  { revisions, parents, writer, arrivals }: Pick<LogTables, 'revisions' | 'parents' | 'writer' | 'arrivals'>,
): Past {
  const readPastNotes = createPastNotes(database);
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
  const selectEdited = database.prepare(
    'SELECT DISTINCT e.entity, e.id FROM operations o JOIN entities e ON e.entity = o.entity' +
      ` WHERE o.place > ?1 AND ${isLivingNote}` +
      ' AND EXISTS (SELECT 1 FROM operations b WHERE b.entity = e.entity AND b.place <= ?1)',
  );
  const countLeft = database.prepare(
    `SELECT count(*) AS notes FROM entities e WHERE ${isLivingNote}` +
      ' AND EXISTS (SELECT 1 FROM operations o WHERE o.entity = e.entity AND o.place <= ?)',
  );

  const countTaken = (rows: readonly SqlRow[], place: number, find: FindTaken): Removals => {
    const { device } = writer.read();
    const times = rows
      .map((row) => {
        const held = arrivals.ofEntity(readBytes(row, 'id'), codeByKind.note);
        return findTaken({ revisions, parents }, readNumber(row, 'entity'), place, device, held, find);
      })
      .filter((at) => at !== null);
    return {
      removed: times.length,
      firstAt: times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at)),
    };
  };

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
    notesAt: readPastNotes,
    changedAfter: (kind, atMs) => selectChanged.all(codeByKind[kind], atMs).map(rowToId),
    arrivedAfter: arrivals.entitiesAfter,
    heldBy: (kind, id) => arrivals.ofEntity(uuidToBytes(id), codeByKind[kind]),
    latest: () => Math.max(arrivals.latest(), readNullableNumber(selectLatest.get() ?? {}, 'at') ?? 0),
    removals: (operations) =>
      transactions.read(() => countTaken(selectSuspects.all(operations), operations, findRemovals)),
    overwritings: (operations, least) =>
      transactions.read(() => {
        const rows = selectEdited.all(operations);
        return rows.length < least ? noRemovals : countTaken(rows, operations, findOverwritings);
      }),
    countLeft: (operations) => readNumber(countLeft.get(operations) ?? {}, 'notes'),
  };
}

const latestFirst = 'ORDER BY e.edited_at DESC, e.id';

function rowToId(row: SqlRow): EntityId {
  return bytesToUuid<EntityId>(readBytes(row, 'id'));
}

const noRemovals: Removals = { removed: 0, firstAt: null };

/** Whether something was taken from what the heads were; if so, the revisions that may have taken it. */
type FindTaken = (
  before: readonly PlacedRevision[],
  now: readonly PlacedRevision[],
  since: () => readonly PlacedRevision[],
) => readonly PlacedRevision[];

/** A deletion that an edit overruled took nothing: it is no head. */
const findRemovals: FindTaken = (before, now) =>
  before.every(({ operation }) => operation.deleted) ? [] : now.filter(({ operation }) => operation.deleted); // MRG-6

/** What one head has kept nobody has lost. It may have gone before the last edit. // GRD-4 */
const findOverwritings: FindTaken = (before, now, since) => {
  const texts = before.flatMap(textOf);
  const isLost = now.flatMap(textOf).every((after) => texts.every((text) => hasLostText(text, after)));
  return texts.length > 0 && isLost ? since() : [];
};

function textOf({ operation }: PlacedRevision): readonly string[] {
  return operation.entity === 'note' && !operation.deleted ? [operation.value.text] : [];
}

/**
 * When what another device has taken from a note, since this store had so many operations, counts as taken;
 * `null` if it took nothing.
 */
function findTaken(
  { revisions, parents }: Pick<LogTables, 'revisions' | 'parents'>,
  entity: number,
  place: number,
  ownDevice: DeviceId,
  heldBy: ReadonlyMap<OperationId, number>,
  find: FindTaken,
): number | null {
  const all = parents.listOf(entity);
  const read = (ids: readonly OperationId[]): readonly PlacedRevision[] => ids.map(revisions.read);
  const before = read(findHeadIds(createLineage(all.filter((revision) => revision.place <= place))));
  const now = read(findHeadIds(createLineage(all)));
  const since = () => read(all.filter((revision) => revision.place > place).map(({ id }) => id));
  const taken = find(before, now, since).filter(
    (revision) => revision.place > place && revision.operation.device !== ownDevice,
  );
  if (taken.length === 0) return null;
  // Stamps say it all unless something is remembered.
  const times =
    heldBy.size === 0
      ? null
      : findEffectiveTimes(createRevisionGraph(all.map(({ id }) => revisions.read(id))), heldBy);
  return Math.min(...taken.map(({ id, operation }) => times?.get(id) ?? operation.at));
}
