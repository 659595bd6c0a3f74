import { foldText } from './fold-text.ts';

const excerptLength = 120;
const lengthBefore = 40;

/**
 * The line of the text that holds the first of the words, cut around it; `null` where no word is in it.
 *
 * @param words folded
 */
export function findExcerpt(text: string, words: readonly string[]): string | null {
  for (const line of splitLines(text)) {
    const folded = foldText(line);
    const starts = words.map((word) => folded.indexOf(word)).filter((start) => start >= 0);
    if (starts.length > 0) return cutAround(line, Math.min(...starts));
  }
  return null;
}

function* splitLines(text: string): Iterable<string> {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end < 0 ? text.length : end).trim();
    if (end < 0) return;
    start = end + 1;
  }
}

/** @param foldedStart where the match begins in the folded line */
function cutAround(line: string, foldedStart: number): string {
  const characters = Array.from(line);
  if (characters.length <= excerptLength) return line;
  const match = unfoldedIndex(characters, foldedStart);
  const start = Math.max(0, Math.min(match - lengthBefore, characters.length - excerptLength));
  const end = start + excerptLength;
  const piece = characters.slice(start, end).join('').trim();
  return `${start > 0 ? '…' : ''}${piece}${end < characters.length ? '…' : ''}`;
}

/** The character that a place in the folded line comes from: near enough, as marks fold with their letters. */
function unfoldedIndex(characters: readonly string[], foldedStart: number): number {
  let folded = 0;
  for (const [index, character] of characters.entries()) {
    folded += foldText(character).length;
    if (folded > foldedStart) return index;
  }
  return 0;
}
