import type { Entity } from '../store/entities.ts';
import { listPastKeys, type PastDependencies } from './past-window.ts';
import { createReadAt } from './read-at.ts';

/** Spaces that could be seen at a time, in the order in which they came: also a deleted one in which notes lived. // MRG-7 */
export function readSpacesAt(
  { entities, past }: Pick<PastDependencies, 'entities' | 'past'>,
  atMs: number,
): readonly Entity<'space'>[] {
  return entities.inOneMoment(() => {
    const readAt = createReadAt({ entities, past }, atMs);
    return past.changedAfter('space', -1).flatMap((id): readonly Entity<'space'>[] => {
      const space = readAt('space', id);
      if (space === null) return [];
      return !space.deleted || listPastKeys({ past }, id, atMs, readAt).length > 0 ? [space] : [];
    });
  });
}
