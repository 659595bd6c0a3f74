import { noteTitle as titleOfValue, type Entity } from '@dataans/client';
import { printableLine } from './printable.ts';

/** What a person knows the note by, for a terminal. */
export function noteTitle({ value }: Entity<'note'>): string {
  const title = printableLine(titleOfValue(value));
  if (title !== '' || value.name !== '') return title;
  return value.files.length > 0 ? '(files)' : '(empty)';
}
