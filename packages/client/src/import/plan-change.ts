import { isSameJson, type EntityId, type EntityKind, type ValueByKind } from '@dataans/core';
import type { PlannedChange } from '../notebook/notebook.ts';
import type { Entity } from '../store/entities.ts';
import type { Outcome } from './import-report.ts';

/** What must be recorded for an entity to live with this value; nothing where it does already. // IMP-4 */
export function planChange<Kind extends EntityKind>(
  kind: Kind,
  id: EntityId,
  entity: Entity<Kind> | null,
  value: ValueByKind[Kind],
): { readonly outcome: Outcome; readonly changes: readonly PlannedChange[] } {
  if (entity !== null && !entity.deleted && isSameJson(entity.value, value))
    return { outcome: 'unchanged', changes: [] };
  // Kind and value belong together by the signature.
  const change = { entity: kind, id, parents: entity?.heads ?? [], deleted: false, value } as PlannedChange;
  return { outcome: entity === null ? 'added' : 'changed', changes: [change] };
}
