import type { EntityId } from '@dataans/core';
import type { Entity } from '../store/entities.ts';
import { planNeeds, type PlanEntity } from './plan-needs.ts';
import { planReturn, planRevival } from './plan-return.ts';
import { createReadAt, type ReadAt } from './read-at.ts';
import {
  restoreInBatches,
  type PlanRestore,
  type Restorable,
  type RestoreDependencies,
  type RestoreOptions,
} from './restore-in-batches.ts';
import type { RestoreReport } from './restore-report.ts';

export interface Moment {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Only this space, and the notes that are in it now or were then. */
  readonly space?: EntityId;
  /** Only these notes, with what they need. */
  readonly notes?: readonly EntityId[];
  /** Only brings back what was deleted since. // HIS-8 */
  readonly onlyDeleted?: boolean;
}

/** Makes everything what it was at a time, by revisions on top of what is current. // HIS-7 */
export function restoreMoment(
  dependencies: RestoreDependencies,
  moment: Moment,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const { entities, past } = dependencies;
  const list = <Kind extends Restorable['kind']>(kind: Kind): readonly Restorable[] =>
    past.changedAfter(kind, moment.at).map((id) => ({ kind, id }));
  const readAt = createReadAt({ entities, past }, moment.at);
  const planEntity: PlanEntity = (kind, current) => {
    const then = readAt(kind, current.id);
    return moment.onlyDeleted === true ? planRevival(kind, current, then) : planReturn(kind, current, then);
  };
  const { space, notes } = moment;
  if (notes !== undefined)
    return restoreInBatches(
      dependencies,
      notes.map((id) => ({ kind: 'note', id }) as const),
      planWithNeeds(dependencies, planEntity),
      options,
    );
  if (space !== undefined)
    return restoreInBatches(
      dependencies,
      [{ kind: 'space', id: space }, ...list('note')],
      planInSpace(dependencies, readAt, space, planEntity),
      options,
    );
  // What notes need comes before them: another device never sees a note without its space for long.
  const everything = [...list('space'), ...list('file'), ...list('note')];
  return restoreInBatches(dependencies, everything, planAnywhere(dependencies, planEntity), options);
}

function planAnywhere(
  { entities }: Pick<RestoreDependencies, 'entities'>,
  planEntity: PlanEntity,
): PlanRestore {
  return ({ kind, id }) => {
    const current = entities.read(kind, id);
    return current === null ? [] : [{ kind, id, plan: planEntity(kind, current) }];
  };
}

/** Notes elsewhere stay as they are; those of the space bring what they need. */
function planInSpace(
  { entities }: Pick<RestoreDependencies, 'entities'>,
  readAt: ReadAt,
  space: EntityId,
  planEntity: PlanEntity,
): PlanRestore {
  const withNeeds = planWithNeeds({ entities }, planEntity);
  const isInSpace = (note: Entity<'note'> | null): boolean => note?.value.space === space;
  return (restorable) => {
    const { kind, id } = restorable;
    const isElsewhere =
      kind === 'note' && !isInSpace(entities.read('note', id)) && !isInSpace(readAt('note', id));
    return isElsewhere ? [] : withNeeds(restorable);
  };
}

function planWithNeeds(
  { entities }: Pick<RestoreDependencies, 'entities'>,
  planEntity: PlanEntity,
): PlanRestore {
  const anywhere = planAnywhere({ entities }, planEntity);
  return (restorable) =>
    anywhere(restorable).flatMap((own) => [...planNeeds(entities, own.plan, planEntity), own]);
}
