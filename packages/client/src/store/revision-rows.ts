import {
  bytesToUtf8,
  bytesToUuid,
  completeOperation,
  uuidToBytes,
  type AnyOperation,
  type AnyRevision,
  type OperationId,
  compareStamps,
  type Stamp,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';

/** A revision that is not stored yet. */
export interface NewRevision {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly operation: AnyOperation;
  /** The operation as JSON, as it was sealed. */
  readonly encoded: Uint8Array;
  readonly envelope: Uint8Array;
}

/** A revision with its place in this store. */
export type PlacedRevision = AnyRevision & { readonly place: number };

/** The rows of `operations`: only ever added. */
export interface RevisionRows {
  /** Place of the last one, which is also their number; 0 without any. */
  lastPlace(): number;
  /** `false`, with nothing stored, where an operation has this id already. */
  insert(place: number, revision: NewRevision, entity: number): boolean;
  /** It belongs to another entity than it was inserted with. */
  assign(place: number, entity: number): void;
  find(id: Uint8Array): { readonly place: number; readonly envelope: Uint8Array } | null;
  /** One that is here, with its body. */
  read(id: OperationId): PlacedRevision;
  /** The greatest stamp of those that are here; `null` where none is. */
  latestStamp(ids: readonly Uint8Array[]): Stamp | null;
}

export function createRevisionRows(database: SqlDatabase): RevisionRows {
  const selectLast = database.prepare('SELECT max(place) AS place FROM operations');
  const insertRow = database.prepare(
    'INSERT INTO operations (place, id, entity, body, envelope) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const updateEntity = database.prepare('UPDATE operations SET entity = ? WHERE place = ?');
  const selectById = database.prepare('SELECT place, envelope FROM operations WHERE id = ?');
  const selectWhole = database.prepare('SELECT place, id, body FROM operations WHERE id = ?');
  const selectStamp = database.prepare(
    "SELECT json_extract(CAST(body AS TEXT), '$.at') AS at, json_extract(CAST(body AS TEXT), '$.c') AS c" +
      ' FROM operations WHERE id = ?',
  );
  return {
    lastPlace: () => readNullableNumber(selectLast.get() ?? {}, 'place') ?? 0,
    insert: (place, { id, encoded, envelope }, entity) =>
      insertRow.run(place, id, entity, encoded, envelope).changes === 1,
    assign: (place, entity) => {
      updateEntity.run(entity, place);
    },
    find: (id) => {
      const row = selectById.get(id);
      return row === undefined
        ? null
        : { place: readNumber(row, 'place'), envelope: readBytes(row, 'envelope') };
    },
    read: (id) => rowToRevision(selectWhole.get(uuidToBytes(id)) ?? {}),
    latestStamp: (ids) => {
      let latest: Stamp | null = null;
      for (const id of ids) {
        const row = selectStamp.get(id);
        const stamp = row === undefined ? null : { at: readNumber(row, 'at'), c: readNumber(row, 'c') };
        if (stamp !== null && (latest === null || compareStamps(stamp, latest) > 0)) latest = stamp;
      }
      return latest;
    },
  };
}

function rowToRevision(row: SqlRow): PlacedRevision {
  return {
    place: readNumber(row, 'place'),
    id: bytesToUuid<OperationId>(readBytes(row, 'id')),
    operation: readBody(row),
  };
}

/** The operation in the column `body`. */
export function readBody(row: SqlRow): AnyOperation {
  const text = bytesToUtf8(readBytes(row, 'body'));
  if (text === null) throw new TypeError('A stored operation is not UTF-8.');
  // Only what `decodeOperation` or `encodeOperation` let pass is ever stored.
  return completeOperation(JSON.parse(text) as AnyOperation);
}
