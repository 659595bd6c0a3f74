import type { EntityId } from '@dataans/core';
import type { Linked } from '../store/mentions.ts';
import type { BacklinkDependencies } from './list-backlinks.ts';

/** How many notes link to each of these, at most a hundred; those that none links to are left out. // LNK-5 */
export async function countBacklinks(
  dependencies: BacklinkDependencies,
  notes: readonly Linked[],
): Promise<ReadonlyMap<EntityId, number>> {
  const { mentions } = dependencies;
  const counts = new Map(mentions.countNaming(notes.map(({ id }) => id)));
  const named = notes.filter(({ name }) => name !== '');
  const linkedNames = mentions.linkedNames(named.map(({ name }) => name.normalize('NFC')));
  if (linkedNames.size === 0) return counts;
  // Only notes that were brought in link by names.
  const { listBacklinks } = await import('./list-backlinks.ts');
  for (const { id, name } of named) {
    if (!linkedNames.has(name.normalize('NFC'))) continue;
    const { length } = listBacklinks(dependencies, id);
    if (length > 0) counts.set(id, length);
  }
  return counts;
}
