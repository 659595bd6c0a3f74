import type { EntityId } from '@dataans/core';
import type { SearchIndex } from './search-index.ts';

/** Words this short are in so many notes that looking at the newest is quicker than sorting all that have them. */
const shortWord = 2;
const newestLookedAt = 1_000;

export interface Candidates {
  /** `null` after the last list. */
  next(): readonly number[] | null;
}

/** Notes to look at, the newest first, in one or two lists. */
export function createCandidates(
  index: SearchIndex,
  words: readonly string[],
  space: EntityId | undefined,
  hasRoom: boolean,
): Candidates {
  const isShort = words.every((word) => word.length <= shortWord);
  const newest = isShort ? index.newest(space, newestLookedAt) : [];
  const listRest = (): readonly number[] =>
    without(hasRoom ? index.candidates(words, space) : index.everyNote(space), newest);
  const lists = isShort ? [() => newest, listRest] : [listRest];
  return { next: () => lists.shift()?.() ?? null };
}

function without(numbers: readonly number[], left: readonly number[]): readonly number[] {
  if (left.length === 0) return numbers;
  const known = new Set(left);
  return numbers.filter((number) => !known.has(number));
}
