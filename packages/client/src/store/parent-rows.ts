import { bytesToUuid, uuidToBytes, type NamedParents, type OperationId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { readBytes, readNullableBytes, readNumber } from './row-values.ts';

/** A revision in the graph of its entity, without its body. */
export type PlacedParents = NamedParents & { readonly place: number };

/**
 * What each revision was made on. Most were made on the one of their entity that came right before: these have
 * no row.
 */
export interface ParentRows {
  /** Of a revision that was not made on just the one before it. */
  insert(place: number, parents: readonly OperationId[]): void;
  /** All known revisions of an entity, in the order in which they came. */
  listOf(entity: number): readonly PlacedParents[];
  /** Remembers those that are not here. `false` if all of them are. */
  await(parents: readonly OperationId[]): boolean;
  /** Whether any is awaited. */
  areAwaited(): boolean;
  /** Whether a revision here named this one before it came. It is awaited no more. */
  arrive(id: Uint8Array): boolean;
}

export function createParentRows(database: SqlDatabase): ParentRows {
  const insert = database.prepare('INSERT INTO parents (place, ids) VALUES (?, ?)');
  const selectOf = database.prepare(
    'SELECT o.place, o.id, p.ids FROM operations o LEFT JOIN parents p ON p.place = o.place' +
      ' WHERE o.entity = ? ORDER BY o.place',
  );
  const insertAwaited = database.prepare(
    'INSERT INTO awaited (id) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM operations WHERE id = ?1)' +
      ' ON CONFLICT DO NOTHING',
  );
  const selectAwaited = database.prepare('SELECT 1 FROM awaited LIMIT 1');
  const removeAwaited = database.prepare('DELETE FROM awaited WHERE id = ?');
  return {
    insert: (place, parents) => {
      insert.run(place, joinIds(parents));
    },
    listOf: (entity) => {
      let previous: readonly OperationId[] = [];
      return selectOf.all(entity).map((row) => {
        const id = bytesToUuid<OperationId>(readBytes(row, 'id'));
        const ids = readNullableBytes(row, 'ids');
        const parents = ids === null ? previous : splitIds(ids);
        previous = [id];
        return { place: readNumber(row, 'place'), id, parents };
      });
    },
    await: (parents) =>
      parents.reduce((any, parent) => insertAwaited.run(uuidToBytes(parent)).changes > 0 || any, false),
    areAwaited: () => selectAwaited.get() !== undefined,
    arrive: (id) => removeAwaited.run(id).changes > 0,
  };
}

const idBytes = 16;

function joinIds(ids: readonly OperationId[]): Uint8Array {
  const joined = new Uint8Array(ids.length * idBytes);
  for (const [index, id] of ids.entries()) joined.set(uuidToBytes(id), index * idBytes);
  return joined;
}

function splitIds(joined: Uint8Array): readonly OperationId[] {
  return Array.from({ length: joined.length / idBytes }, (_, index) =>
    bytesToUuid<OperationId>(joined.subarray(index * idBytes, (index + 1) * idBytes)),
  );
}
