import {
  DataansError,
  randomBytesToUuid,
  type EntityId,
  type NoteValue,
  type SpaceValue,
} from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';
import type { Store } from '../store/store.ts';
import { fitChange } from './fit-change.ts';
import type { Notebook, PlannedChange, Recorded } from './notebook.ts';
import { nameFreshDevice } from './name-fresh-device.ts';
import { planChange, planCreation, planDeletion, planEdit, planNoteEdit } from './plan-changes.ts';
import { recordChanges, type RecordDependencies } from './record-changes.ts';
import { removedTogetherMax } from './removed-together.ts';

export interface NotebookDependencies extends Omit<RecordDependencies, 'log'> {
  readonly store: Pick<Store, 'log' | 'entities' | 'facts'>;
}

export function createNotebook({ store, primitives, readKeyring, clock }: NotebookDependencies): Notebook {
  const { log, entities } = store;
  const recordPlanned: Notebook['record'] = (plan) =>
    recordChanges({ log, primitives, readKeyring, clock }, plan);
  const record: Notebook['record'] = (plan) =>
    recordPlanned(() => {
      const changes = plan();
      const fitting = changes.flatMap((change) => fitChange(entities, change));
      return changes.length === 0 ? [] : [...nameFreshDevice(store), ...fitting];
    });
  const newId = (): EntityId => randomBytesToUuid<EntityId>(primitives.randomBytes(16));

  return {
    record,
    nameDevice: async (name) => {
      requireName('device', name);
      return recordPlanned(() => {
        const { device } = log.writer();
        const known = entities.read('device', device);
        return known === null
          ? [planCreation('device', device, { name })]
          : planEdit('device', known, { ...known.value, name });
      });
    },
    addSpace: async (name, folder = null, appearance = {}) => {
      requireName('space', name);
      const id = newId();
      await record(() => [planCreation('space', id, { ...appearance, name, folder })]);
      return readBack(entities, 'space', id);
    },
    renameSpace: (space, name) => editSpace(space, { name }),
    editSpace,
    removeSpace: async (space) => {
      const operations = [];
      for (;;) {
        const { isLast, recorded } = await removeSome(space);
        operations.push(...recorded.operations);
        if (isLast) return { operations };
      }
    },
    addNote: async ({ space, ...fields }) => {
      const id = newId();
      await record(() => {
        readVisibleSpace(entities, space);
        return [planCreation('note', id, { ...emptyNote, ...fields, space })];
      });
      return readBack(entities, 'note', id);
    },
    editNote: (base, change, beside = []) =>
      record(() => {
        if (base.deleted) throw notFound('note');
        readKnown(entities, base.id);
        if (change.space !== undefined && change.space !== base.value.space)
          readVisibleSpace(entities, change.space);
        const edit = planNoteEdit(base, change);
        return edit.length === 0 ? [] : [...beside, ...edit];
      }),
    removeNote: (base) =>
      record(() => (readKnown(entities, base.id).deleted ? [] : [planDeletion('note', base)])),
  };

  async function editSpace(space: EntityId, change: Partial<SpaceValue>): Promise<Recorded> {
    if (change.name !== undefined) requireName('space', change.name);
    return record(() => planChange('space', readVisibleSpace(entities, space), change));
  }

  /** Deletes notes of the space, and the space with the last of them. // MRG-7 */
  async function removeSome(space: EntityId): Promise<{
    readonly isLast: boolean;
    readonly recorded: Awaited<ReturnType<Notebook['record']>>;
  }> {
    let isLast = false;
    const recorded = await record(() => {
      const known = readVisibleSpace(entities, space);
      const notes = takeFirst(entities.notes({ space }), removedTogetherMax + 1);
      isLast = notes.length <= removedTogetherMax;
      const removed = notes.slice(0, removedTogetherMax).map((note) => planDeletion('note', note));
      const withSpace: readonly PlannedChange[] =
        isLast && !known.deleted ? [planDeletion('space', known)] : [];
      return [...removed, ...withSpace];
    });
    return { isLast, recorded };
  }
}

const emptyNote: Omit<NoteValue, 'space'> = { name: '', text: '', files: [], pinned: false };

function requireName(kind: 'space' | 'device', name: string): void {
  if (name.trim() === '') throw new DataansError('invalid', `The name of a ${kind} cannot be empty.`);
}

function readKnown(entities: Entities, id: EntityId): Entity<'note'> {
  const note = entities.read('note', id);
  if (note === null) throw notFound('note');
  return note;
}

/** Not deleted, or with notes that live. // MRG-7 */
function readVisibleSpace(entities: Entities, id: EntityId): Entity<'space'> {
  const space = entities.read('space', id);
  if (space === null) throw notFound('space');
  if (space.deleted && takeFirst(entities.notes({ space: id }), 1).length === 0) throw notFound('space');
  return space;
}

function readBack<Kind extends 'space' | 'note'>(entities: Entities, kind: Kind, id: EntityId): Entity<Kind> {
  const entity = entities.read(kind, id);
  if (entity === null) throw new TypeError(`The ${kind} that was just recorded is not there.`);
  return entity;
}

function takeFirst<Item>(items: Iterable<Item>, count: number): readonly Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}

function notFound(kind: 'space' | 'note'): DataansError {
  return new DataansError('not-found', `There is no such ${kind}.`, {
    advice: 'It may have been removed on another device.',
  });
}
