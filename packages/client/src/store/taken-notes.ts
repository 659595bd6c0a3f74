import {
  createLineage,
  createRevisionGraph,
  findEffectiveTimes,
  findHeadIds,
  type DeviceId,
  type OperationId,
} from '@dataans/core';
import { hasLostText } from './lost-text.ts';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { isDeletedNote, isLivingNote } from './entity-rows.ts';
import { codeByKind } from './kind-codes.ts';
import type { LogTables } from './log-tables.ts';
import type { Past, Removals } from './past.ts';
import type { PlacedRevision } from './revision-rows.ts';
import { readBytes, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

type TakenTables = Pick<LogTables, 'revisions' | 'parents' | 'writer' | 'arrivals'>;

/** What other devices have taken from notes since this store had so many operations. // GRD-1, GRD-4 */
export function createTakenNotes(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read'>,
  tables: TakenTables,
): Pick<Past, 'removals' | 'overwritings' | 'countLeft'> {
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
  return {
    removals: (operations) =>
      transactions.read(() => countTaken(tables, selectSuspects.all(operations), operations, findRemovals)),
    overwritings: (operations, least) =>
      transactions.read(() => {
        const rows = selectEdited.all(operations);
        return rows.length < least ? noRemovals : countTaken(tables, rows, operations, findOverwritings);
      }),
    countLeft: (operations) => readNumber(countLeft.get(operations) ?? {}, 'notes'),
  };
}

const noRemovals: Removals = { removed: 0, firstAt: null };

function countTaken(tables: TakenTables, rows: readonly SqlRow[], place: number, find: FindTaken): Removals {
  const { device } = tables.writer.read();
  const times = rows
    .map((row) => {
      const held = tables.arrivals.ofEntity(readBytes(row, 'id'), codeByKind.note);
      return findTaken(tables, readNumber(row, 'entity'), place, device, held, find);
    })
    .filter((at) => at !== null);
  return {
    removed: times.length,
    firstAt: times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at)),
  };
}

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
