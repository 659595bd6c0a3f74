import type { NoteRow } from '@dataans/client';
import { formatLocalTime } from './dates.ts';
import { noteTitle } from './note-title.ts';

/** A line of a list of notes: id, time of the last edit, marks, title. */
export function noteToRow(note: NoteRow, shortId: string): readonly string[] {
  return [shortId, formatLocalTime(note.editedAt), noteMarks(note), noteTitle(note)];
}

/** `*` for pinned, `!` for a conflict to settle, `+` for files. */
function noteMarks({ pinned, conflict, files, awaitedFiles }: NoteRow): string {
  const marks = [pinned ? '*' : '', conflict ? '!' : '', files.length + awaitedFiles > 0 ? '+' : ''];
  return marks.join('') || '-';
}
