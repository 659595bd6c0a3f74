import type { Entities } from '@dataans/client';
import type { EntityId, EntityKind } from '@dataans/core';

const shortIdCharacters = 8;

/** The beginning of an id, long enough that no other entity of this kind begins like it. */
export function shortenId(entities: Entities, kind: EntityKind, id: EntityId): string {
  let length = shortIdCharacters;
  while (length < id.length && entities.findByPrefix(kind, id.slice(0, length)).length > 1) length += 1;
  return id.slice(0, length);
}
