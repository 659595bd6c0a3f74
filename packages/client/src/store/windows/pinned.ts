import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase } from '../../platform/sql-database.ts';
import { entityOfSpace, isLivingNote, selectEntityWith } from '../entity-rows.ts';
import { beginningCharacters, type NoteRow } from './note-row.ts';
import type { ReadNoteRows } from './read-note-rows.ts';

/** Pinned notes of a space, through the index `pinned_notes`. */
export function createPinned(
  database: SqlDatabase,
  readNoteRows: ReadNoteRows,
): (space: EntityId) => readonly NoteRow[] {
  const select = database.prepare(
    `${selectEntityWith('e.entity, e.moment')} WHERE e.space = ${entityOfSpace} AND ${isLivingNote}` +
      ' AND e.pinned = 1 ORDER BY e.moment, e.created_at, e.created_c, e.id',
  );
  return (space) => readNoteRows(select.all(uuidToBytes(space)), beginningCharacters);
}
