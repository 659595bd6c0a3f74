import type { NoteValue } from '@dataans/core';

/** As an answer begins with the note that it answers. */
const noteId = /\(\([0-9a-f-]{36}\)\)/g;
const charactersMax = 80;
/** Of a text whose first words are all that is asked for. */
const searchedCharacters = 2_000;

/** Of a heading, a quote, an item of a list, a task. */
const lineMarks = /^(?:(?:#+|[-*+](?: \[[ xX]\])?)\s+|>\s*)+/;

/**
 * What a person knows a note by: its file name, else its first line that says something, without the marks that it
 * begins with and the ids of other notes; `''` if there is neither.
 */
export function noteTitle({ name, text }: Pick<NoteValue, 'name' | 'text'>): string {
  if (name !== '') return name;
  const words = text.slice(0, searchedCharacters).replaceAll(noteId, '');
  const firstLine = /\S[^\n\r]*/.exec(words)?.[0] ?? '';
  const symbols = Array.from(firstLine.replace(lineMarks, '').trim());
  return symbols.length > charactersMax ? `${symbols.slice(0, charactersMax).join('')}…` : symbols.join('');
}
