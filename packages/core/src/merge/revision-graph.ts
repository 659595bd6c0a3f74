import type { OperationId } from '../ids/uuid.ts';
import type { EntityKind } from '../operations/operation.ts';
import { compareRevisions, type Revision } from './revision.ts';

/** All known revisions of one entity. Parents that are not known (yet) are passed over. */
export type RevisionGraph<Kind extends EntityKind = EntityKind> = ReadonlyMap<OperationId, Revision<Kind>>;

export function createRevisionGraph<Kind extends EntityKind>(
  revisions: Iterable<Revision<Kind>>,
): RevisionGraph<Kind> {
  const graph = new Map<OperationId, Revision<Kind>>();
  for (const revision of revisions) graph.set(revision.id, revision);
  return graph;
}

/** The revisions that no other names as parent, in merge order. // MRG-1 */
export function findHeads<Kind extends EntityKind>(graph: RevisionGraph<Kind>): readonly Revision<Kind>[] {
  const named = new Set<OperationId>();
  for (const { operation } of graph.values()) for (const parent of operation.parents) named.add(parent);
  return [...graph.values()].filter(({ id }) => !named.has(id)).toSorted(compareRevisions);
}

/** The revision itself and all that it was made on. */
export function collectAncestors(graph: RevisionGraph, start: OperationId): ReadonlySet<OperationId> {
  const seen = new Set<OperationId>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const revision = graph.get(id);
    if (revision === undefined || seen.has(id)) continue;
    seen.add(id);
    waiting.push(...revision.operation.parents);
  }
  return seen;
}

/** Those of the set that no other of the set was made on, in merge order. // MRG-3 */
export function keepNearest<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  ids: ReadonlySet<OperationId>,
): readonly Revision<Kind>[] {
  const members = new Map<OperationId, Revision<Kind>>();
  for (const id of ids) {
    const revision = graph.get(id);
    if (revision !== undefined) members.set(id, revision);
  }
  // The set holds the ancestors of each member, so a parent of a member is all there is to exclude.
  return findHeads(members);
}
