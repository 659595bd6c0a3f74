import type { EntityId } from '@dataans/core';

const shortIdCharacters = 8;

/** The ids that begin with these characters. */
type FindIds = (prefix: string) => readonly EntityId[];

/** The beginning of an id, long enough that no other begins like it. */
function shortenId(find: FindIds, id: EntityId): string {
  let length = shortIdCharacters;
  while (length < id.length && find(id.slice(0, length)).length > 1) length += 1;
  return id.slice(0, length);
}

/** Looking ids up one by one is faster up to here; reading all of them at once is from here on. */
const lookupsMax = 1_000;

/** The same for a list, however long it is. */
export function createIdShortener(find: FindIds): (id: EntityId) => string {
  let lookups = 0;
  let shortIdById: ReadonlyMap<EntityId, string> | null = null;
  return (id) => {
    if (lookups < lookupsMax) {
      lookups += 1;
      return shortenId(find, id);
    }
    shortIdById ??= shortenSorted(find('').toSorted());
    return shortIdById.get(id) ?? shortenId(find, id);
  };
}

/** In sorted ids, those that begin most alike stand beside each other. */
function shortenSorted(ids: readonly EntityId[]): ReadonlyMap<EntityId, string> {
  const shared = ids.map((id, index) => countShared(id, ids[index + 1] ?? ''));
  return new Map(
    ids.map((id, index) => {
      const length = Math.max(shared[index - 1] ?? 0, shared[index] ?? 0) + 1;
      return [id, id.slice(0, Math.max(shortIdCharacters, length))];
    }),
  );
}

/** Characters that both begin with. */
function countShared(left: string, right: string): number {
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared += 1;
  return shared;
}
