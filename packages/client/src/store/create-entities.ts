import {
  bytesToUuid,
  createRevisionGraph,
  sortCausally,
  uuidToBytes,
  type EntityId,
  type EntityKind,
  type OperationId,
  type Revision,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { compareNames } from './compare-names.ts';
import type { Entities, SpaceSummary } from './entities.ts';
import {
  entityOfSpace,
  hasLivingNotes,
  hasState,
  isLivingNote,
  rowToEntityOf,
  selectEntity,
  selectEntityWith,
} from './entity-rows.ts';
import { prefixToIdRange } from './id-prefix.ts';
import { codeByKind } from './kind-codes.ts';
import { readBody } from './revision-rows.ts';
import { readBytes, readNumber } from './row-values.ts';
import type { Search } from './search.ts';
import type { Transactions } from './transactions.ts';

export function createEntities(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read'>,
  search: Search,
): Entities {
  return {
    ...createReadOne(database),
    ...createListings(database),
    ...createFinding(database),
    search: (query, filter, onIndexing) => search.find(query, filter, onIndexing),
    inOneMoment: transactions.read,
  };
}

function createReadOne(database: SqlDatabase): Pick<Entities, 'read' | 'revisions' | 'revision'> {
  const selectOne = database.prepare(`${selectEntity} WHERE e.id = ? AND e.kind = ? AND ${hasState}`);
  const selectRevisions = database.prepare(
    'SELECT o.id, o.body FROM operations o WHERE o.entity =' +
      ' (SELECT e.entity FROM entities e WHERE e.id = ? AND e.kind = ?) ORDER BY o.place',
  );
  const selectRevision = database.prepare('SELECT body FROM operations WHERE id = ?');
  return {
    read: (kind, id) => {
      const row = selectOne.get(uuidToBytes(id), codeByKind[kind]);
      return row === undefined ? null : rowToEntityOf(kind, row);
    },
    revisions: (kind, id) =>
      sortCausally(
        createRevisionGraph(
          selectRevisions.all(uuidToBytes(id), codeByKind[kind]).map((row) => rowToRevisionOf(kind, row)),
        ),
      ),
    revision: (id) => {
      const row = selectRevision.get(uuidToBytes(id));
      return row === undefined ? null : { id, operation: readBody(row) };
    },
  };
}

function createListings(
  database: SqlDatabase,
): Pick<Entities, 'spaces' | 'notes' | 'noteIds' | 'files' | 'devices' | 'count'> {
  const selectByEntity = database.prepare(`${selectEntity} WHERE e.entity = ? AND ${hasState}`);
  const selectSpaces = database.prepare(spacesQuery);
  const selectNotes = database.prepare(
    `SELECT e.entity, e.id FROM entities e WHERE ${isLivingNote} ORDER BY ${noteOrder} LIMIT ?`,
  );
  const selectNotesOfSpace = database.prepare(
    `SELECT e.entity, e.id FROM entities e WHERE e.space = ${entityOfSpace} AND ${isLivingNote} ORDER BY ${noteOrder} LIMIT ?`,
  );
  const selectFiles = database.prepare(
    `SELECT e.entity FROM entities e WHERE ${isHeldFile} ORDER BY e.created_at, e.id`,
  );
  const selectDevices = database.prepare(
    `${selectEntity} WHERE e.kind = ${codeByKind.device} AND e.deleted = 0 AND ${hasState} ORDER BY e.created_at, e.id`,
  );
  const selectCounts = database.prepare(countsQuery);

  /** One after another, each as it is when its turn comes, so that only one is in memory. */
  function* readEach(rows: readonly SqlRow[]): Iterable<SqlRow> {
    for (const { entity } of rows) {
      const row = selectByEntity.get(entity ?? null);
      if (row !== undefined && row['deleted'] === 0) yield row;
    }
  }

  const listNotes = ({ space, limit = unlimited }: NoteFilter = {}): readonly SqlRow[] =>
    space === undefined ? selectNotes.all(limit) : selectNotesOfSpace.all(uuidToBytes(space), limit);

  return {
    spaces: () =>
      selectSpaces
        .all()
        .map(rowToSpaceSummary)
        .toSorted((left, right) => compareNames(nameOf(left), nameOf(right))),
    *notes(filter) {
      for (const row of readEach(listNotes(filter))) yield rowToEntityOf('note', row);
    },
    noteIds: (filter) => listNotes(filter).map((row) => bytesToUuid<EntityId>(readBytes(row, 'id'))),
    *files() {
      for (const row of readEach(selectFiles.all())) yield rowToEntityOf('file', row);
    },
    devices: () => selectDevices.all().map((row) => rowToEntityOf('device', row)),
    count: () => {
      const row = selectCounts.get() ?? {};
      return {
        spaces: readNumber(row, 'spaces'),
        notes: readNumber(row, 'notes'),
        files: readNumber(row, 'files'),
      };
    },
  };
}

/** By what a person types. */
function createFinding(database: SqlDatabase): Pick<Entities, 'findByPrefix' | 'findNotesByName'> {
  const selectIds = database.prepare(
    `SELECT e.id, e.entity FROM entities e WHERE e.id BETWEEN ? AND ? AND e.kind = ? AND ${hasState}` +
      ` AND (e.deleted = 0 OR e.kind = ${codeByKind.space} AND ${hasLivingNotes}) ORDER BY e.id`,
  );
  const selectByName = database.prepare(
    `${selectEntity} WHERE e.space = ${entityOfSpace} AND e.name IN (?, ?, ?) AND e.name <> '' AND ${isLivingNote} ORDER BY e.created_at, e.id`,
  );
  return {
    findByPrefix: (kind, prefix) => {
      const range = prefixToIdRange(prefix);
      if (range === null) return [];
      return selectIds
        .all(range.first, range.last, codeByKind[kind])
        .map((row) => bytesToUuid<EntityId>(readBytes(row, 'id')));
    },
    findNotesByName: (space, name) =>
      selectByName
        .all(uuidToBytes(space), name, name.normalize('NFC'), name.normalize('NFD'))
        .map((row) => rowToEntityOf('note', row)),
  };
}

type NoteFilter = NonNullable<Parameters<Entities['notes']>[0]>;

/** To SQLite's LIMIT. */
const unlimited = -1;

const noteOrder = 'e.pinned DESC, e.edited_at DESC, e.id';

const countsByspace =
  'SELECT e.space AS counted, count(*) AS notes FROM entities e' +
  ` WHERE e.space IS NOT NULL AND ${isLivingNote} GROUP BY e.space`;

// MRG-7
const spacesQuery =
  selectEntityWith('coalesce(n.notes, 0) AS notes') +
  ` LEFT JOIN (${countsByspace}) n ON n.counted = e.entity` +
  ` WHERE e.kind = ${codeByKind.space} AND ${hasState} AND (e.deleted = 0 OR n.notes > 0)`;

const isHeldFile =
  `e.kind = ${codeByKind.file} AND e.deleted = 0 AND ${hasState} AND EXISTS (` +
  'SELECT 1 FROM attachments a JOIN entities n ON n.entity = a.note' +
  ' WHERE a.file = e.entity AND n.deleted = 0 AND n.edited_at IS NOT NULL)';

const countsQuery =
  `SELECT (SELECT count(*) FROM entities e WHERE e.kind = ${codeByKind.space} AND ${hasState}` +
  ` AND (e.deleted = 0 OR ${hasLivingNotes})) AS spaces,` +
  ` (SELECT count(*) FROM entities e WHERE ${isLivingNote}) AS notes,` +
  ` (SELECT count(*) FROM entities e WHERE ${isHeldFile}) AS files`;

/** For rows that a query found by their entity. */
function rowToRevisionOf<Kind extends EntityKind>(kind: Kind, row: SqlRow): Revision<Kind> {
  const revision: Revision = { id: bytesToUuid<OperationId>(readBytes(row, 'id')), operation: readBody(row) };
  if (!isRevisionOf(revision, kind)) throw new TypeError(`A revision of a ${kind} is of something else.`);
  return revision;
}

function isRevisionOf<Kind extends EntityKind>(revision: Revision, kind: Kind): revision is Revision<Kind> {
  return revision.operation.entity === kind;
}

function rowToSpaceSummary(row: SqlRow): SpaceSummary {
  return { space: rowToEntityOf('space', row), notes: readNumber(row, 'notes') };
}

function nameOf({ space: { id, value } }: SpaceSummary) {
  return { id, name: value.name };
}
