import type { EntityId } from '@dataans/core';
import type { SearchIndex } from './search-index.ts';

/** Words this short are in so many notes that looking at the newest is quicker than sorting all that have them. */
const shortWord = 2;
const newestLookedAt = 1_000;

/** Notes to look at, the newest first, in one or two lists; each is read when it is asked for. */
export function* listCandidates(
  index: SearchIndex,
  words: readonly string[],
  space: EntityId | undefined,
  hasRoom: boolean,
): Generator<readonly number[], undefined> {
  const isShort = words.every((word) => word.length <= shortWord);
  const newest = new Set(isShort ? index.newest(space, newestLookedAt) : []);
  if (isShort) yield [...newest];
  const all = hasRoom ? index.candidates(words, space) : index.everyNote(space);
  yield newest.size === 0 ? all : all.filter((candidate) => !newest.has(candidate));
}
