import type { NoteRow } from '@dataans/client';
import { printableLine } from './printable.ts';

/** What a person knows the note by, for a terminal. */
export function noteTitle(note: Pick<NoteRow, 'title' | 'name' | 'files' | 'awaitedFiles'>): string {
  const title = printableLine(note.title);
  if (title !== '' || note.name !== '') return title;
  return note.files.length + note.awaitedFiles > 0 ? '(files)' : '(empty)';
}
