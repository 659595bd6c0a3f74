import { limits } from '@dataans/core';
import type { PlannedChange } from './notebook.ts';

/**
 * A change of an entity with more heads than a revision can name, as several that say the same: each names
 * some of the heads. As heads they are equal, so they merge into what they say, and the next change names
 * them all. // STO-31
 */
export function splitParents(change: PlannedChange): readonly PlannedChange[] {
  const { parents } = change;
  if (parents.length <= limits.parentsMax) return [change];
  const parts = Math.ceil(parents.length / limits.parentsMax);
  return Array.from({ length: parts }, (_, part) => ({
    ...change,
    parents: parents.slice(part * limits.parentsMax, (part + 1) * limits.parentsMax),
  }));
}
