import type { Note, NoteRow } from '@dataans/client';
import { formatIsoTime } from './dates.ts';
import { noteTitle } from './note-title.ts';

/**
 * A note as a list shows it.
 *
 * @param nameSpace what a space is called; `null` if it is not known
 */
export function noteToJson(note: NoteRow | Note, nameSpace: (id: NoteRow['space']) => string | null) {
  const { id, space, name, pinned, date, files, awaitedFiles, conflict, backedUp, createdAt, editedAt } =
    note;
  return {
    id,
    space: { id: space, name: nameSpace(space) },
    name,
    title: noteTitle(note),
    pinned,
    date: date === null ? null : formatIsoTime(date),
    files: files.length + awaitedFiles,
    conflict,
    backedUp,
    createdAt: formatIsoTime(createdAt),
    editedAt: formatIsoTime(editedAt),
  };
}
