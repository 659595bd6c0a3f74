import type { OperationId } from '../ids/uuid.ts';
import type { EntityKind } from '../operations/operation.ts';
import type { RevisionGraph } from './revision-graph.ts';

/**
 * What was there at a time. What a revision was made on is there with it, as it counts as made no later. // HIS-2
 *
 * @param times when each counts as made; see `findEffectiveTimes`
 * @param atMs milliseconds since 1970 UTC
 */
export function revisionsUntil<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  times: ReadonlyMap<OperationId, number>,
  atMs: number,
): RevisionGraph<Kind> {
  return new Map([...graph].filter(([id]) => (times.get(id) ?? Infinity) <= atMs));
}
