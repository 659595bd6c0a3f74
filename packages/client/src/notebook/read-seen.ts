import {
  collectAncestors,
  createRevisionGraph,
  mergeRevisions,
  type EntityId,
  type EntityKind,
  type EntityState,
  type OperationId,
  type Revision,
  type RevisionGraph,
  type ValueByKind,
} from '@dataans/core';
import type { Entities } from '../store/entities.ts';

/** An entity as somebody saw it: its state then is what these revisions say together. */
export interface SeenEntity {
  readonly id: EntityId;
  readonly heads: readonly OperationId[];
}

/** What they saw. */
export interface Seen<Kind extends EntityKind> extends SeenEntity {
  readonly value: ValueByKind[Kind];
  readonly deleted: boolean;
  readonly conflict: boolean;
}

/** `null` if not all of the revisions that they saw are here. */
export function readSeen<Kind extends EntityKind>(
  entities: Pick<Entities, 'read' | 'revisions'>,
  kind: Kind,
  { id, heads }: SeenEntity,
): Seen<Kind> | null {
  const current = entities.read(kind, id);
  if (current === null) return null;
  const isCurrent =
    heads.length === current.heads.length && heads.every((head) => current.heads.includes(head));
  const state = isCurrent ? current : mergeKnown(createRevisionGraph(entities.revisions(kind, id)), heads);
  if (state === null) return null;
  const { value, deleted, conflict } = state;
  return { id, heads, value, deleted, conflict };
}

function mergeKnown<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  heads: readonly OperationId[],
): EntityState<Kind> | null {
  return heads.every((head) => graph.has(head)) ? mergeSeen(graph, heads) : null;
}

/** What somebody saw who saw these revisions as current; `null` if none of them is in the graph. */
export function mergeSeen<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  heads: readonly OperationId[],
): EntityState<Kind> | null {
  const seen = new Map<OperationId, Revision<Kind>>();
  for (const head of heads)
    for (const id of collectAncestors(graph, head)) {
      const revision = graph.get(id);
      if (revision !== undefined) seen.set(id, revision);
    }
  return mergeRevisions(seen);
}
