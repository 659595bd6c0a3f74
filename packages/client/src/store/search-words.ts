import { foldText } from './fold-text.ts';

const trigramLength = 3;

/** The words of a query, folded. */
export function parseSearchWords(query: string): readonly string[] {
  return [
    ...new Set(
      foldText(query.toWellFormed())
        .split(/[\s\0]+/)
        .filter((word) => word !== ''),
    ),
  ];
}

/**
 * What the index is asked for: every three characters in a row of every word. Necessary, not
 * sufficient; `null` where all words are too short for the index.
 */
export function wordsToTrigramQuery(words: readonly string[]): string | null {
  const trigrams = new Set(words.flatMap(listTrigrams));
  return trigrams.size === 0 ? null : Array.from(trigrams, quote).join(' AND ');
}

function listTrigrams(word: string): readonly string[] {
  const characters = Array.from(word);
  return characters
    .slice(0, Math.max(0, characters.length - trigramLength + 1))
    .map((_, start) => characters.slice(start, start + trigramLength).join(''));
}

function quote(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
