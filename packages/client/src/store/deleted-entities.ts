import { uuidToBytes } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import {
  entityOfSpace,
  hasLivingNotes,
  hasState,
  isDeletedNote,
  rowToEntityOf,
  selectEntity,
} from './entity-rows.ts';
import { codeByKind } from './kind-codes.ts';
import type { Past } from './past.ts';

/** What lies in the trash, the latest deletion first. */
export function createDeletedEntities(database: SqlDatabase): Pick<Past, 'deletedSpaces' | 'deletedNotes'> {
  const selectByEntity = database.prepare(`${selectEntity} WHERE e.entity = ? AND ${hasState}`);
  const selectSpaces = database.prepare(
    `${selectEntity} WHERE e.kind = ${codeByKind.space} AND e.deleted = 1 AND ${hasState}` +
      ` AND NOT ${hasLivingNotes} ${latestFirst}`,
  );
  const selectNotes = database.prepare(
    `SELECT e.entity FROM entities e WHERE ${isDeletedNote} ${latestFirst}`,
  );
  const selectNotesOfSpace = database.prepare(
    `SELECT e.entity FROM entities e WHERE ${isDeletedNote} AND e.space = ${entityOfSpace} ${latestFirst}`,
  );
  return {
    deletedSpaces: () => selectSpaces.all().map((row) => rowToEntityOf('space', row)),
    *deletedNotes({ space } = {}) {
      const rows = space === undefined ? selectNotes.all() : selectNotesOfSpace.all(uuidToBytes(space));
      for (const { entity } of rows) {
        const row = selectByEntity.get(entity ?? null);
        if (row !== undefined && row['deleted'] === 1) yield rowToEntityOf('note', row);
      }
    },
  };
}

const latestFirst = 'ORDER BY e.edited_at DESC, e.id';
