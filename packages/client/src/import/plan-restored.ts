import type { EntityId, EntityKind, Primitives, ValueByKind } from '@dataans/core';
import type { PlannedChange } from '../notebook/notebook.ts';
import type { Entities, Entity } from '../store/entities.ts';
import { copyToId } from './import-ids.ts';
import type { Outcome } from './import-report.ts';
import { planChange } from './plan-change.ts';

export interface RestoredPlan {
  /** Under which id it is here. */
  readonly id: EntityId;
  readonly outcome: Outcome;
  readonly changes: readonly PlannedChange[];
}

/**
 * What an entity of somebody else's export becomes: itself where nothing has its id here; nothing new where it
 * is or once was the same; else another entity beside the one that has its id. // IMP-12
 *
 * @param isClaimed ids that others of the same group take
 */
export function planForeign<Kind extends EntityKind>(
  entities: Pick<Entities, 'read' | 'revisions'>,
  primitives: Pick<Primitives, 'hash'>,
  kind: Kind,
  exported: EntityId,
  value: ValueByKind[Kind],
  isClaimed: (id: EntityId) => boolean,
): RestoredPlan {
  for (let copy = 0; ; copy += 1) {
    const id = copy === 0 ? exported : copyToId(primitives, exported, copy);
    if (isClaimed(id)) continue;
    const entity = entities.read(kind, id);
    const plan = planChange(kind, id, entity, value);
    if (plan.outcome !== 'changed') return { id, ...plan };
    if (entity !== null && wasOnce(entities, entity, value))
      return { id, outcome: entity.deleted ? 'deleted' : 'edited', changes: [] };
  }
}

function wasOnce<Kind extends EntityKind>(
  entities: Pick<Entities, 'revisions'>,
  entity: Entity<Kind>,
  value: ValueByKind[Kind],
): boolean {
  const { kind, id } = entity;
  return entities
    .revisions(kind, id)
    .map(({ operation }) => ({ ...entity, deleted: false, value: operation.value }))
    .some((past) => planChange(kind, id, past, value).outcome === 'unchanged');
}
