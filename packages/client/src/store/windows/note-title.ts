import type { NoteValue } from '@dataans/core';

/** As an answer begins with the note that it answers. */
const noteId = /\(\([0-9a-f-]{36}\)\)/g;
const charactersMax = 80;
/** Of a text whose first words are all that is asked for. */
const searchedCharacters = 2_000;

/** Of a heading, a quote, an item of a list, a task. */
const lineMarks = /^(?:(?:#+|[-*+](?: \[[ xX]\])?)\s+|>\s*)+/;

/** Around words: strong, struck out, code; a link or a picture with its address. */
const wordMarks = /\*\*(?=\S)(.+?)\*\*|~~(?=\S)(.+?)~~|`([^`]+)`|!?\[([^\]]*)\]\([^)\s]*\)/g;

/**
 * What a person knows a note by: its file name, else its first line that says something, without most of Markdown's marks
 * and without the ids of other notes; `''` if there is neither.
 */
export function noteTitle({ name, text }: Pick<NoteValue, 'name' | 'text'>): string {
  if (name !== '') return name;
  const words = text.slice(0, searchedCharacters).replaceAll(noteId, '');
  const firstLine = /\S[^\n\r]*/.exec(words)?.[0] ?? '';
  const plain = firstLine.replace(lineMarks, '').replaceAll(wordMarks, '$1$2$3$4').trim();
  const symbols = Array.from(plain === '' ? firstLine.trim() : plain);
  return symbols.length > charactersMax ? `${symbols.slice(0, charactersMax).join('')}…` : symbols.join('');
}
