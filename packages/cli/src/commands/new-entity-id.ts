import { randomBytesToUuid, type EntityId } from '@dataans/core';

/** A random id for a space, a note or a file that is about to be made. */
export async function newEntityId(): Promise<EntityId> {
  const { createNodePrimitives } = await import('@dataans/client/node');
  return randomBytesToUuid<EntityId>(createNodePrimitives().randomBytes(16));
}
