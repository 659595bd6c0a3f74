import {
  createRevisionGraph,
  findEffectiveTimes,
  mergeRevisions,
  revisionsUntil,
  type EntityId,
  type EntityKind,
} from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';
import type { Past } from '../store/past.ts';

/** An entity as it was at a time, as far as it is known here now; `null` where it was not there yet. // HIS-2 */
export type ReadAt = <Kind extends EntityKind>(kind: Kind, id: EntityId) => Entity<Kind> | null;

export interface ReadAtDependencies {
  readonly entities: Pick<Entities, 'read' | 'revisions'>;
  readonly past: Pick<Past, 'arrivedAfter' | 'heldBy'>;
}

/**
 * What was received since it was made it may take for part of the past.
 *
 * @param atMs milliseconds since 1970 UTC
 */
export function createReadAt({ entities, past }: ReadAtDependencies, atMs: number): ReadAt {
  const arrived = past.arrivedAfter(atMs);
  return (kind, id) => {
    const current = entities.read(kind, id);
    if (current === null || (current.editedAt <= atMs && !arrived.has(id))) return current;
    const whole = createRevisionGraph(entities.revisions(kind, id));
    const graph = revisionsUntil(whole, findEffectiveTimes(whole, past.heldBy(kind, id)), atMs);
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
  };
}
