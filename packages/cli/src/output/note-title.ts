import type { Entity } from '@dataans/client';
import { printableLine } from './printable.ts';

const titleCharactersMax = 80;

/** What a person knows the note by: its file name, else the first words of its text. */
export function noteTitle({ value }: Entity<'note'>): string {
  if (value.name !== '') return printableLine(value.name);
  const firstLine = /\S[^\n\r]*/.exec(value.text.slice(0, 2_000))?.[0] ?? '';
  const words = printableLine(firstLine.replace(/^#+\s+/, ''));
  const symbols = Array.from(words);
  if (symbols.length === 0) return value.files.length > 0 ? '(files)' : '(empty)';
  return symbols.length > titleCharactersMax ? `${symbols.slice(0, titleCharactersMax).join('')}…` : words;
}
