const keptShareMin = 0.1;
/** What is shorter says too little to compare: one other word may be all of it. */
const comparedCharactersMin = 50;
/** Longer words are compared by their characters: many languages put no spaces between theirs. */
const wordCharactersMax = 24;

/** Of a text all is gone, or all but a tenth of its words, wherever they stand now. // GRD-4 */
export function hasLostText(before: string, after: string): boolean {
  const words = listWords(before);
  const total = countCharacters(words);
  if (total === 0) return false;
  if (after.trim() === '') return true;
  if (total < comparedCharactersMin) return false;
  const left = new Map<string, number>();
  for (const word of listWords(after)) left.set(word, (left.get(word) ?? 0) + 1);
  const kept = words.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count > 0;
  });
  return countCharacters(kept) < total * keptShareMin;
}

function listWords(text: string): readonly string[] {
  return (text.match(/\S+/g) ?? []).flatMap((word) =>
    word.length > wordCharactersMax ? Array.from(word) : [word],
  );
}

function countCharacters(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}
