import { DataansError, type ValueByKind } from '@dataans/core';
import { planNeeds } from './plan-needs.ts';
import { planAsDeleted, planLife } from './plan-return.ts';
import { readRevision } from './read-revision.ts';
import {
  restoreInBatches,
  type Restorable,
  type RestoreDependencies,
  type RestoreOptions,
  type RestorePlan,
} from './restore-in-batches.ts';
import type { RestoreReport } from './restore-report.ts';

/**
 * Makes an entity what one of its revisions says, and brings back what a note needs with it. // HIS-6
 *
 * @param number as `readHistory` counts
 * @throws DataansError `not-found` where there is no such revision, `invalid` where it is a deletion
 */
export function restoreRevision(
  dependencies: RestoreDependencies,
  { kind, id }: Restorable,
  number: number,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const { value, deleted } = readRevision(dependencies.entities, kind, id, number).operation;
  if (!deleted) return restoreOne(dependencies, kind, id, value, options);
  throw new DataansError(
    'invalid',
    `Revision ${number} is the deletion, so there is nothing to restore in it.`,
    {
      advice: 'Choose an earlier revision.',
    },
  );
}

/** Brings a note back as it was when it was deleted, with its space and its files. // HIS-6 */
export function restoreNote(dependencies: RestoreDependencies, id: Restorable['id']): Promise<RestoreReport> {
  return restoreOne(dependencies, 'note', id, null, {});
}

/** The same of several: what is too large for one change is named. // HIS-6 */
export function restoreNotes(
  dependencies: RestoreDependencies,
  ids: readonly Restorable['id'][],
  options: RestoreOptions,
): Promise<RestoreReport> {
  const notes = ids.map((id) => ({ kind: 'note', id }) as const);
  return restoreInBatches(dependencies, notes, ({ id }) => planOne(dependencies, 'note', id, null), options);
}

/**
 * @param value what it is to be; `null`: what it is, or was when it was deleted
 * @throws DataansError `too-large` where several revisions have merged into more than one operation holds
 */
async function restoreOne<Kind extends Restorable['kind']>(
  dependencies: RestoreDependencies,
  kind: Kind,
  id: Restorable['id'],
  value: ValueByKind[Kind] | null,
  options: RestoreOptions,
): Promise<RestoreReport> {
  const plan = (): readonly RestorePlan[] => planOne(dependencies, kind, id, value);
  const report = await restoreInBatches(dependencies, [{ kind, id }], plan, options);
  if (report.tooLarge.length === 0) return report;
  throw new DataansError('too-large', `This state of the ${kind} is too large for one change.`, {
    advice: 'Restore one of its revisions.',
  });
}

function planOne<Kind extends Restorable['kind']>(
  { entities }: Pick<RestoreDependencies, 'entities'>,
  kind: Kind,
  id: Restorable['id'],
  value: ValueByKind[Kind] | null,
): readonly RestorePlan[] {
  const current = entities.read(kind, id);
  if (current === null) return [];
  const own = planLife(kind, current, value ?? current.value);
  return [...planNeeds(entities, own, planAsDeleted), { kind, id, plan: own }];
}
