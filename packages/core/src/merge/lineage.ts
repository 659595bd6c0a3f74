import type { OperationId } from '../ids/uuid.ts';
import { numberCircles } from './number-circles.ts';

/** What each known revision of one entity was made on. Only parents that count are in it. // MRG-1, MRG-11 */
export type Lineage = ReadonlyMap<OperationId, readonly OperationId[]>;

export interface NamedParents {
  readonly id: OperationId;
  readonly parents: readonly OperationId[];
}

/** Parents that are not known (yet) are passed over, and so are those that were themselves made on the revision. */
export function createLineage(revisions: Iterable<NamedParents>): Lineage {
  const parentsById = new Map<OperationId, readonly OperationId[]>();
  for (const { id, parents } of revisions) parentsById.set(id, parents);
  const lineage = new Map<OperationId, readonly OperationId[]>();
  let isEachAfterItsParents = true;
  for (const [id, parents] of parentsById) {
    const known = parents.filter((parent) => parentsById.has(parent));
    isEachAfterItsParents &&= known.every((parent) => lineage.has(parent));
    lineage.set(id, known);
  }
  return isEachAfterItsParents ? lineage : withoutCircles(lineage);
}

// MRG-11
function withoutCircles(lineage: Lineage): Lineage {
  const circleById = numberCircles(lineage);
  const counting = new Map<OperationId, readonly OperationId[]>();
  for (const [id, parents] of lineage)
    counting.set(
      id,
      parents.filter((parent) => circleById.get(parent) !== circleById.get(id)),
    );
  return counting;
}

/** The revisions that no other was made on. // MRG-1 */
export function findHeadIds(lineage: Lineage): readonly OperationId[] {
  return keepNearest(lineage, [...lineage.keys()]);
}

/** Those that no other of them was made on, in the order of their ids. // MRG-3 */
export function keepNearest(lineage: Lineage, ids: readonly OperationId[]): readonly OperationId[] {
  if (ids.length < 2) return ids;
  const below = collectFrom(
    lineage,
    ids.flatMap((id) => lineage.get(id) ?? []),
  );
  return ids.filter((id) => !below.has(id)).toSorted();
}

/** Those that are known, and all that they were made on. */
export function collectFrom(lineage: Lineage, starts: readonly OperationId[]): ReadonlySet<OperationId> {
  return collectBy((id) => lineage.get(id), starts);
}

/** The same by any way to the parents; `undefined` for what is not known. */
export function collectBy(
  parentsOf: (id: OperationId) => readonly OperationId[] | undefined,
  starts: readonly OperationId[],
): ReadonlySet<OperationId> {
  const seen = new Set<OperationId>();
  const waiting = [...starts];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const parents = seen.has(id) ? undefined : parentsOf(id);
    if (parents === undefined) continue;
    seen.add(id);
    for (const parent of parents) waiting.push(parent);
  }
  return seen;
}
