import { foldText } from './fold-text.ts';

/** Characters of a term of the index. */
export const trigramLength = 3;

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

/** Every three characters in a row; none of a shorter word. */
export function listTrigrams(word: string): readonly string[] {
  const characters = Array.from(word);
  return characters
    .slice(0, Math.max(0, characters.length - trigramLength + 1))
    .map((_, start) => characters.slice(start, start + trigramLength).join(''));
}
