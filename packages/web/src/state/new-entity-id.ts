import type { EntityId } from '@dataans/core';

/** Given before something is made: what is asked for twice is then made once. */
export function newEntityId(): EntityId {
  return crypto.randomUUID() as EntityId; // A random UUID is what an entity id is.
}
