import type { OperationId } from '../ids/uuid.ts';
import type { EntityKind } from '../operations/operation.ts';
import type { RevisionGraph } from './revision-graph.ts';
import { compareRevisions, type Revision } from './revision.ts';

/**
 * Taken in merge order, each behind those that it was made on: a function of the set, and merge order itself where
 * every revision is stamped after its parents. // HIS-1
 */
export function sortCausally<Kind extends EntityKind>(graph: RevisionGraph<Kind>): readonly Revision<Kind>[] {
  const sorted: Revision<Kind>[] = [];
  const met = new Set<OperationId>();
  const done = new Set<OperationId>();
  const waiting = [...graph.values()].toSorted(compareRevisions).toReversed();
  for (let revision = waiting.at(-1); revision !== undefined; revision = waiting.at(-1)) {
    if (met.has(revision.id)) {
      waiting.pop();
      if (!done.has(revision.id)) sorted.push(revision);
      done.add(revision.id);
      continue;
    }
    met.add(revision.id);
    // Those of a circle are met before they are done: they end where they were met.
    waiting.push(...parentsOf(graph, revision).filter(({ id }) => !met.has(id)));
  }
  return sorted;
}

/** The last in merge order comes first: it is taken last. */
function parentsOf<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  { operation }: Revision<Kind>,
): readonly Revision<Kind>[] {
  return operation.parents
    .flatMap((parent) => graph.get(parent) ?? [])
    .toSorted((left, right) => compareRevisions(right, left));
}
