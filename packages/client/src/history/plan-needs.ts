import type { EntityId, EntityKind } from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';
import type { PlannedReturn } from './plan-return.ts';
import type { RestorePlan } from './restore-in-batches.ts';

/** What is to become of one entity. */
export type PlanEntity = <Kind extends EntityKind>(kind: Kind, current: Entity<Kind>) => PlannedReturn;

/**
 * The space and the files of a note that is to live, as far as they are deleted: without them it would not be what
 * it was. // HIS-6
 */
export function planNeeds(
  entities: Pick<Entities, 'read'>,
  note: PlannedReturn,
  planEntity: PlanEntity,
): readonly RestorePlan[] {
  const planDeleted = (kind: 'space' | 'file', id: EntityId): readonly RestorePlan[] => {
    const current = entities.read(kind, id);
    return current?.deleted === true ? [{ kind, id, plan: planEntity(kind, current) }] : [];
  };
  return note.changes.flatMap((change) => {
    if (change.entity !== 'note' || change.deleted) return [];
    const { space, files } = change.value;
    return [...planDeleted('space', space), ...files.flatMap((file) => planDeleted('file', file))];
  });
}
