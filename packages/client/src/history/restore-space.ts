import {
  createRevisionGraph,
  findSilent,
  type EntityId,
  type EntityKind,
  type Revision,
} from '@dataans/core';
import type { Entity } from '../store/entities.ts';
import { findDeletedWith, type Deletion, type NoteOfSpace } from './find-deleted-with.ts';
import { planNeeds } from './plan-needs.ts';
import { planAsDeleted } from './plan-return.ts';
import {
  restoreInBatches,
  type PlanRestore,
  type Restorable,
  type RestoreDependencies,
  type RestoreOptions,
} from './restore-in-batches.ts';
import type { RestoreReport } from './restore-report.ts';

/**
 * Brings back a deleted space with the notes that were deleted with it, and their files. The space comes last, so that
 * what was interrupted can be done again. // HIS-10
 */
export function restoreSpace(
  dependencies: RestoreDependencies,
  space: EntityId,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const { entities } = dependencies;
  const notes = entities.inOneMoment(() => listDeletedWith(dependencies, space));
  const restorables: readonly Restorable[] = [
    ...notes.map((id) => ({ kind: 'note', id }) as const),
    { kind: 'space', id: space },
  ];
  const plan: PlanRestore = ({ kind, id }) => {
    const current = entities.read(kind, id);
    if (current === null) return [];
    const own = planAsDeleted(kind, current);
    const needs = planNeeds(entities, own, planAsDeleted).filter((need) => need.id !== space);
    return [...needs, { kind, id, plan: own }];
  };
  return restoreInBatches(dependencies, restorables, plan, options);
}

function listDeletedWith({ entities, past }: RestoreDependencies, id: EntityId): readonly EntityId[] {
  const space = entities.read('space', id);
  if (space === null || !space.deleted) return [];
  const ofSpace = entities.revisions('space', id);
  const deletions = listDeletions(ofSpace, headsOf(space, ofSpace));
  const notes = past.notesOf(id).flatMap((note): readonly NoteOfSpace[] => {
    const current = entities.read('note', note);
    if (current === null) return [];
    const revisions = entities.revisions('note', note);
    const deletedBy = current.deleted ? listDeletions(revisions, headsOf(current, revisions)) : [];
    return [{ id: note, deletions: listDeletions(revisions, revisions), deletedBy }];
  });
  return findDeletedWith(deletions, notes);
}

function headsOf<Kind extends EntityKind>(
  { heads }: Entity<Kind>,
  revisions: readonly Revision<Kind>[],
): readonly Revision<Kind>[] {
  return revisions.filter((revision) => heads.includes(revision.id));
}

/** @param all every revision of the entity */
function listDeletions(all: readonly Revision[], among: readonly Revision[]): readonly Deletion[] {
  const silent = findSilent(createRevisionGraph(all));
  return among
    .filter(({ operation }) => operation.deleted)
    .map(({ id, operation: { device, n, at } }) => ({ device, n, at: silent.has(id) ? null : at }));
}
