import type { EntityKind } from '@dataans/core';
import { planChange } from '../import/plan-change.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import { planDeletion } from '../notebook/plan-changes.ts';
import type { Entity } from '../store/entities.ts';
import { hasLostText } from '../store/lost-text.ts';
import type { RestoreOutcome } from './restore-report.ts';

export interface PlannedReturn {
  readonly outcome: RestoreOutcome;
  readonly changes: readonly PlannedChange[];
}

const noReturn: PlannedReturn = { outcome: 'unchanged', changes: [] };

/** Makes an entity what it was then: a revision on top of all that is current, or none. // HIS-4, HIS-7 */
export function planReturn<Kind extends EntityKind>(
  kind: Kind,
  current: Entity<Kind>,
  then: Entity<Kind> | null,
): PlannedReturn {
  if (then !== null && !then.deleted) return planLife(kind, current, then.value);
  const staysAsFile = then === null && kind === 'file';
  if (current.deleted || staysAsFile) return noReturn;
  return { outcome: 'deleted', changes: [planDeletion(kind, current)] };
}

/**
 * Brings back what was deleted since, as it was when it was deleted, and the texts that were all but lost since;
 * changes nothing else. // HIS-8
 */
export function planRevival<Kind extends EntityKind>(
  kind: Kind,
  current: Entity<Kind>,
  then: Entity<Kind> | null,
): PlannedReturn {
  if (then?.deleted === true) return noReturn;
  if (!isNote(current) || then === null || !isNote(then)) return planAsDeleted(kind, current);
  const { text } = then.value;
  return hasLostText(text, current.value.text)
    ? planLife('note', current, { ...current.value, text })
    : planAsDeleted(kind, current);
}

function isNote(entity: Entity): entity is Entity<'note'> {
  return entity.kind === 'note';
}

/** Brings a deleted entity back as it was when it was deleted. */
export function planAsDeleted<Kind extends EntityKind>(kind: Kind, current: Entity<Kind>): PlannedReturn {
  return current.deleted ? planLife(kind, current, current.value) : noReturn;
}

/** Makes an entity live with this value. */
export function planLife<Kind extends EntityKind>(
  kind: Kind,
  current: Entity<Kind>,
  value: Entity<Kind>['value'],
): PlannedReturn {
  const { changes } = planChange(kind, current.id, current, value);
  if (changes.length === 0) return noReturn;
  return { outcome: current.deleted ? 'restored' : 'reverted', changes };
}
