import type { EntityId, SpaceValue } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import type { Notebook, Recorded } from './notebook.ts';
import { planChange, planCreation, planDeletion } from './plan-changes.ts';
import { readBack, readVisibleSpace, requireName } from './read-visible.ts';
import { togetherMax } from './together.ts';

export interface ChangeDependencies {
  readonly entities: Entities;
  readonly record: Notebook['record'];
  readonly newId: () => EntityId;
}

export function createSpaceChanges({
  entities,
  record,
  newId,
}: ChangeDependencies): Pick<Notebook, 'addSpace' | 'renameSpace' | 'editSpace' | 'removeSpace'> {
  const editSpace = async (space: EntityId, change: Partial<SpaceValue>): Promise<Recorded> => {
    if (change.name !== undefined) requireName('space', change.name);
    return record(() => planChange('space', readVisibleSpace(entities, space), change));
  };
  return {
    addSpace: async (name, folder = null, { id = newId(), ...appearance } = {}) => {
      requireName('space', name);
      await record(() =>
        // STO-50
        entities.read('space', id) === null
          ? [planCreation('space', id, { ...appearance, name, folder })]
          : [],
      );
      return readBack(entities, 'space', id);
    },
    renameSpace: (space, name) => editSpace(space, { name }),
    editSpace,
    removeSpace: async (space) => {
      const operations = [];
      for (;;) {
        const { isLast, recorded } = await removeSome({ entities, record }, space);
        operations.push(...recorded.operations);
        if (isLast) return { operations };
      }
    },
  };
}

/** Deletes notes of the space, and the space with the last of them. // MRG-7 */
async function removeSome(
  { entities, record }: Pick<ChangeDependencies, 'entities' | 'record'>,
  space: EntityId,
): Promise<{ readonly isLast: boolean; readonly recorded: Recorded }> {
  let isLast = false;
  const recorded = await record(() => {
    const known = readVisibleSpace(entities, space);
    const notes = [...entities.notes({ space, limit: togetherMax + 1 })];
    isLast = notes.length <= togetherMax;
    const removed = notes.slice(0, togetherMax).map((note) => planDeletion('note', note));
    return isLast && !known.deleted ? [...removed, planDeletion('space', known)] : removed;
  });
  return { isLast, recorded };
}
