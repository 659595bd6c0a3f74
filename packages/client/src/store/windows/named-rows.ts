import type { EntityId } from '@dataans/core';
import type { SqlDatabase } from '../../platform/sql-database.ts';
import { hasState, selectEntityWith } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';
import { beginningCharacters, type NoteRow } from './note-row.ts';
import type { ReadNoteRows } from './read-note-rows.ts';

/** Rows of notes by their ids, in the order of these. */
export function createNamedRows(
  database: SqlDatabase,
  readNoteRows: ReadNoteRows,
): (ids: readonly EntityId[]) => readonly NoteRow[] {
  const select = database.prepare(
    `${selectEntityWith('e.entity, e.moment')} JOIN json_each(?) n ON e.id = unhex(n.value, '-')` +
      ` WHERE e.kind = ${codeByKind.note} AND ${hasState} ORDER BY n.key`,
  );
  return (ids) => readNoteRows(select.all(JSON.stringify(ids)), beginningCharacters);
}
