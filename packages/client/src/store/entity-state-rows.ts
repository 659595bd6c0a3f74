import {
  bytesToUuid,
  uuidToBytes,
  type EntityId,
  type EntityKind,
  type OperationId,
  type Stamp,
  type ValueByKind,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { codeByKind } from './kind-codes.ts';
import { readNullableBytes, readNullableNumber, readNullableText, readNumber } from './row-values.ts';

/** Where an entity stands before new revisions of it. */
export interface StoredState {
  readonly entity: number;
  /** Of a note. */
  readonly space: number | null;
  readonly heads: readonly OperationId[];
  /** See `MergedState`; `null` with one head, or none. */
  readonly bases: readonly OperationId[] | null;
  /** The revision of it that came last; `null` without any. */
  readonly last: OperationId | null;
  /** Of its first revision. */
  readonly created: Stamp | null;
  readonly editedAt: number | null;
}

/** What the row of an entity says, all at once. */
export interface StateRow {
  /** Place of the current revision; `null` where there are several, or none. */
  readonly head: number | null;
  readonly merged: MergedState | null;
  readonly deleted: boolean;
  readonly conflict: boolean;
  readonly created: Stamp | null;
  readonly editedAt: number | null;
  /** When a note is from: its date, or else when it was recorded. */
  readonly moment: number | null;
  readonly space: number | null;
  readonly name: string | null;
  readonly pinned: boolean;
}

/** The state that several current revisions make together. */
export interface MergedState {
  readonly heads: readonly OperationId[];
  /** What every two heads share, if it is the same for all: while it is, the next merge looks for no bases. */
  readonly bases: readonly OperationId[] | null;
  readonly value: ValueByKind[EntityKind];
}

/** The rows of `entities`, as far as writing them goes. */
export interface EntityStateRows {
  lastEntity(): number;
  find(kind: EntityKind, id: EntityId): StoredState | null;
  /** A row that others name, without a state of its own. */
  insertNamed(entity: number, kind: EntityKind, id: EntityId): void;
  /** `false`, with nothing stored, where the entity has a row already. */
  insert(entity: number, kind: EntityKind, id: EntityId, state: StateRow): boolean;
  update(entity: number, state: StateRow): void;
}

const stateColumns = [
  'head',
  'merged',
  'deleted',
  'conflict',
  'created_at',
  'created_c',
  'edited_at',
  'moment',
  'space',
  'name',
  'pinned',
];

export function createEntityStateRows(database: SqlDatabase): EntityStateRows {
  const selectLast = database.prepare('SELECT max(entity) AS entity FROM entities');
  const select = database.prepare(
    'SELECT e.entity, e.merged, e.space, e.created_at, e.created_c, e.edited_at, (SELECT o.id FROM operations o WHERE o.place = e.head) AS head,' +
      ' e.head AS head_place, (SELECT max(o.place) FROM operations o WHERE o.entity = e.entity) AS last_place' +
      ' FROM entities e WHERE e.id = ? AND e.kind = ?',
  );
  const selectId = database.prepare('SELECT id FROM operations WHERE place = ?');
  const insertNamed = database.prepare('INSERT INTO entities (entity, id, kind) VALUES (?, ?, ?)');
  const insert = database.prepare(
    `INSERT INTO entities (entity, id, kind, ${stateColumns.join(', ')})` +
      ` VALUES (?, ?, ?, ${stateColumns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const update = database.prepare(
    `UPDATE entities SET ${stateColumns.map((column) => `${column} = ?`).join(', ')} WHERE entity = ?`,
  );
  return {
    lastEntity: () => readNullableNumber(selectLast.get() ?? {}, 'entity') ?? 0,
    find: (kind, id) => {
      const row = select.get(uuidToBytes(id), codeByKind[kind]);
      return row === undefined
        ? null
        : rowToStoredState(row, (place) => readId(selectId.get(place) ?? {}, 'id'));
    },
    insertNamed: (entity, kind, id) => {
      insertNamed.run(entity, uuidToBytes(id), codeByKind[kind]);
    },
    insert: (entity, kind, id, state) =>
      insert.run(entity, uuidToBytes(id), codeByKind[kind], ...stateToColumns(state)).changes === 1,
    update: (entity, state) => {
      update.run(...stateToColumns(state), entity);
    },
  };
}

/** The column `merged`. */
export function parseMerged(json: string): MergedState {
  // Written by `stateToColumns` and by nothing else.
  return JSON.parse(json) as MergedState;
}

function rowToStoredState(row: SqlRow, idAt: (place: number) => OperationId | null): StoredState {
  const json = readNullableText(row, 'merged');
  const merged = json === null ? null : parseMerged(json);
  const head = readId(row, 'head');
  const lastPlace = readNullableNumber(row, 'last_place');
  // The current revision is nearly always the one that came last.
  const isHeadLast = lastPlace === row['head_place'];
  return {
    entity: readNumber(row, 'entity'),
    space: readNullableNumber(row, 'space'),
    heads: merged?.heads ?? (head === null ? [] : [head]),
    bases: merged?.bases ?? null,
    last: isHeadLast || lastPlace === null ? head : idAt(lastPlace),
    created: readCreated(row),
    editedAt: readNullableNumber(row, 'edited_at'),
  };
}

function readCreated(row: SqlRow): Stamp | null {
  const at = readNullableNumber(row, 'created_at');
  return at === null ? null : { at, c: readNumber(row, 'created_c') };
}

function readId(row: SqlRow, column: string): OperationId | null {
  const id = readNullableBytes(row, column);
  return id === null ? null : bytesToUuid<OperationId>(id);
}

/** In the order of `stateColumns`. */
function stateToColumns(state: StateRow): readonly (string | number | null)[] {
  return [
    state.head,
    state.merged === null ? null : JSON.stringify(state.merged),
    Number(state.deleted),
    Number(state.conflict),
    state.created?.at ?? null,
    state.created?.c ?? null,
    state.editedAt,
    state.moment,
    state.space,
    state.name,
    Number(state.pinned),
  ];
}
