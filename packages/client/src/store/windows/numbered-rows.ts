import type { SqlDatabase } from '../../platform/sql-database.ts';
import { selectEntityWith } from '../entity-rows.ts';
import { readNumber } from '../row-values.ts';
import { beginningCharacters, type NoteRow } from './note-row.ts';
import type { ReadNoteRows } from './read-note-rows.ts';

/** Rows of notes by the numbers that this store has for them. */
export type ReadNumberedRows = (numbers: readonly number[]) => ReadonlyMap<number, NoteRow>;

export function createNumberedRows(database: SqlDatabase, readNoteRows: ReadNoteRows): ReadNumberedRows {
  const select = database.prepare(
    `${selectEntityWith('e.entity, e.moment')} JOIN json_each(?) n ON n.value = e.entity`,
  );
  return (numbers) => {
    const rows = select.all(JSON.stringify(numbers));
    const notes = readNoteRows(rows, beginningCharacters);
    return new Map(notes.map((note, index) => [readNumber(rows[index] ?? {}, 'entity'), note]));
  };
}
