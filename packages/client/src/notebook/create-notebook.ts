import { randomBytesToUuid, type EntityId } from '@dataans/core';
import type { Store } from '../store/store.ts';
import { fitChange } from './fit-change.ts';
import { nameFreshDevice } from './name-fresh-device.ts';
import { createNoteChanges } from './note-changes.ts';
import type { Notebook } from './notebook.ts';
import { planCreation, planEdit } from './plan-changes.ts';
import { listRecorded, planRevert } from './plan-revert.ts';
import { requireName } from './read-visible.ts';
import { recordChanges, type RecordDependencies } from './record-changes.ts';
import { recordInParts } from './record-in-parts.ts';
import { createSpaceChanges } from './space-changes.ts';

export interface NotebookDependencies extends Omit<RecordDependencies, 'log'> {
  readonly store: Pick<Store, 'log' | 'entities' | 'facts'>;
}

export function createNotebook({ store, primitives, readKeyring, clock }: NotebookDependencies): Notebook {
  const { log, entities } = store;
  const recordPlanned: Notebook['record'] = (plan, options) =>
    recordChanges({ log, primitives, readKeyring, clock }, plan, options);
  const record: Notebook['record'] = (plan, options) =>
    recordPlanned(() => {
      const changes = plan();
      const fitting = changes.flatMap((change) => fitChange(entities, change));
      return changes.length === 0 ? [] : [...nameFreshDevice(store), ...fitting];
    }, options);
  const newId = (): EntityId => randomBytesToUuid<EntityId>(primitives.randomBytes(16));

  return {
    record,
    ...createSpaceChanges({ entities, record, newId }),
    ...createNoteChanges({ entities, record, newId }),
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
    revert: async ({ operations }, options = {}) =>
      recordInParts(
        record,
        listRecorded(entities, operations),
        (recorded) => planRevert(entities, recorded),
        options,
      ),
  };
}
