import {
  createRevisionGraph,
  mergeRevisions,
  revisionsUntil,
  type EntityId,
  type EntityKind,
} from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';

/**
 * An entity as it was at a time, as far as it is known here now; `null` where it was not there yet. // HIS-2
 *
 * @param atMs milliseconds since 1970 UTC
 */
export function readAt<Kind extends EntityKind>(
  entities: Pick<Entities, 'read' | 'revisions'>,
  kind: Kind,
  id: EntityId,
  atMs: number,
): Entity<Kind> | null {
  const current = entities.read(kind, id);
  if (current === null || current.editedAt <= atMs) return current;
  const graph = revisionsUntil(createRevisionGraph(entities.revisions(kind, id)), atMs);
  const state = mergeRevisions(graph);
  if (state === null) return null;
  return {
    ...current,
    heads: state.heads.map((head) => head.id),
    value: state.value,
    deleted: state.deleted,
    conflict: state.conflict,
    createdAt: graph.values().reduce((first, { operation }) => Math.min(first, operation.at), Infinity),
    editedAt: state.heads.reduce((last, { operation }) => Math.max(last, operation.at), 0),
  };
}
