import type { Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';

/** What each space is called, deleted ones too; `null` for one that is not known. */
export async function readSpaceNames({
  spaces,
}: Pick<Home, 'spaces'>): Promise<(id: EntityId) => string | null> {
  const names = new Map((await spaces.names()).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? null;
}
