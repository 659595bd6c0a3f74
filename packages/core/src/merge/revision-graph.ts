import type { OperationId } from '../ids/uuid.ts';
import type { EntityKind } from '../operations/operation.ts';
import { collectBy, createLineage, findHeadIds, type Lineage } from './lineage.ts';
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

export function graphToLineage(graph: RevisionGraph): Lineage {
  return createLineage(graph.values().map(({ id, operation }) => ({ id, parents: operation.parents })));
}

/** The revisions that no other was made on, in merge order. // MRG-1 */
export function findHeads<Kind extends EntityKind>(graph: RevisionGraph<Kind>): readonly Revision<Kind>[] {
  return findHeadIds(graphToLineage(graph)).map(readFrom(graph)).toSorted(compareRevisions);
}

/** Reads revisions that the graph holds. */
export function readFrom<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
): (id: OperationId) => Revision<Kind> {
  return (id) => {
    const revision = graph.get(id);
    if (revision === undefined) throw new TypeError(`Revision ${id} is not in the graph.`);
    return revision;
  };
}

/** The revision itself and all that it was made on, also through revisions that name each other. */
export function collectAncestors(graph: RevisionGraph, start: OperationId): ReadonlySet<OperationId> {
  return collectBy((id) => graph.get(id)?.operation.parents, [start]);
}
