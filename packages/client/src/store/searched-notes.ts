import type { SqlDatabase } from '../platform/sql-database.ts';
import type { Entity } from './entities.ts';
import { hasState, isLivingNote, rowToEntityOf, selectEntity } from './entity-rows.ts';
import { foldText } from './fold-text.ts';

/** A note with everything that it is found by. */
export interface SearchedNote {
  readonly note: Entity<'note'>;
  readonly fileNames: readonly string[];
}

export interface SearchedNotes {
  /** `null` where it does not live. */
  read(note: number): SearchedNote | null;
}

export function createSearchedNotes(database: SqlDatabase): SearchedNotes {
  const selectNote = database.prepare(`${selectEntity} WHERE e.entity = ? AND ${isLivingNote}`);
  const selectFiles = database.prepare(
    `${selectEntity} JOIN attachments a ON a.file = e.entity` +
      ` WHERE a.note = ? AND e.deleted = 0 AND ${hasState} ORDER BY e.created_at, e.id`,
  );
  return {
    read: (entity) => {
      const row = selectNote.get(entity);
      if (row === undefined) return null;
      const note = rowToEntityOf('note', row);
      const files = note.value.files.length === 0 ? [] : selectFiles.all(entity);
      return { note, fileNames: files.map((file) => rowToEntityOf('file', file).value.name) };
    },
  };
}

/** All that a note is found by, folded. Words have no line ends in them, so none spans two parts. */
export function foldSearchedNote({ note, fileNames }: SearchedNote): string {
  return foldText([note.value.name, ...fileNames, note.value.text].join('\n'));
}
