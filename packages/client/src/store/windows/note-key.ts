import { bytesToUuid, uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlRow, SqlValue } from '../../platform/sql-database.ts';
import { readBytes, readNumber } from '../row-values.ts';

/**
 * The place of a note in a list, also of one that is gone: a plain value to go on from. Notes are in the order of their
 * moments; those of one moment in the order in which they were recorded, to the last within a millisecond.
 */
export interface NoteKey {
  readonly moment: number;
  readonly createdAt: number;
  readonly c: number;
  readonly id: EntityId;
}

/** No note is before a moment's first key. */
export function firstKeyAt(moment: number): NoteKey {
  // Nil is a UUID.
  const id = '00000000-0000-0000-0000-000000000000' as EntityId;
  return { moment, createdAt: Number.MIN_SAFE_INTEGER, c: 0, id };
}

export const firstKey = firstKeyAt(Number.MIN_SAFE_INTEGER);

/** No note has a moment as late as this. */
export const endKey = firstKeyAt(Number.MAX_SAFE_INTEGER);

export function rowToNoteKey(row: SqlRow): NoteKey {
  return {
    moment: readNumber(row, 'moment'),
    createdAt: readNumber(row, 'created_at'),
    c: readNumber(row, 'created_c'),
    id: bytesToUuid<EntityId>(readBytes(row, 'id')),
  };
}

export function noteKeyToColumns({ moment, createdAt, c, id }: NoteKey): readonly SqlValue[] {
  return [moment, createdAt, c, uuidToBytes(id)];
}

/** As the rows of a stream are ordered. */
export function compareNoteKeys(left: NoteKey, right: NoteKey): number {
  return (
    left.moment - right.moment ||
    left.createdAt - right.createdAt ||
    left.c - right.c ||
    (left.id < right.id ? -1 : Number(left.id > right.id))
  );
}
