import type { NoteValue } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../../platform/sql-database.ts';
import type { Entity } from '../entities.ts';
import { hasState, rowToEntityOf, selectEntity } from '../entity-rows.ts';
import { readNumber } from '../row-values.ts';
import type { FileRow, NoteRow } from './note-row.ts';
import { noteTitle } from './note-title.ts';
import { previewToAddress } from './preview-address.ts';

/** Rows of notes, from the columns of `selectEntityWith('e.entity, e.moment')`; two queries however many they are. */
export type ReadNoteRows = (rows: readonly SqlRow[], beginningMax: number) => readonly NoteRow[];

export function createNoteRows(database: SqlDatabase): ReadNoteRows {
  const selectFiles = database.prepare(
    `${selectEntity} WHERE e.deleted = 0 AND ${hasState} AND e.entity IN` +
      ' (SELECT a.file FROM json_each(?) n JOIN attachments a ON a.note = n.value)',
  );
  return (rows, beginningMax) => {
    const notes = rows.map((row) => ({ row, note: rowToEntityOf('note', row) }));
    const holders = notes.filter(({ note }) => note.value.files.length > 0);
    const numbers = JSON.stringify(holders.map(({ row }) => readNumber(row, 'entity')));
    const files = holders.length === 0 ? [] : selectFiles.all(numbers).map(rowToFileRow);
    const fileById = new Map(files.map((file) => [file.id, file]));
    return notes.map(({ row, note }) => {
      const known = note.value.files.flatMap((id) => fileById.get(id) ?? []);
      return {
        ...describeNote(note, beginningMax),
        moment: readNumber(row, 'moment'),
        files: known,
        awaitedFiles: note.value.files.length - known.length,
      };
    });
  };
}

export function describeNote(
  note: Entity<'note'>,
  beginningMax: number,
): Omit<NoteRow, 'moment' | 'files' | 'awaitedFiles'> {
  const { id, value, createdAt, editedAt, conflict, backedUp } = note;
  const { space, name, text, pinned, date = null } = value;
  const beginning = cutText(text, beginningMax);
  return {
    id,
    space,
    name,
    title: noteTitle(value),
    beginning,
    isWhole: beginning.length === text.length,
    date,
    createdAt,
    editedAt,
    edited: editedAt > createdAt,
    pinned,
    conflict,
    backedUp,
  };
}

/** No symbol is cut in two. */
function cutText(text: NoteValue['text'], charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const last = text.charCodeAt(charactersMax - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? charactersMax - 1 : charactersMax);
}

function rowToFileRow(row: SqlRow): FileRow {
  return describeFile(rowToEntityOf('file', row));
}

export function describeFile({ id, value }: Pick<Entity<'file'>, 'id' | 'value'>): FileRow {
  const { name, bytes, type = null, width = null, height = null, preview = null } = value;
  return {
    id,
    name,
    bytes,
    type,
    width,
    height,
    preview: preview === null ? null : previewToAddress(preview),
  };
}
