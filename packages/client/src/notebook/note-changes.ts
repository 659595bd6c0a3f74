import { DataansError, type EntityId, type OperationId } from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';
import type { Notebook, PlannedChange, Recorded, RecordOptions } from './notebook.ts';
import { planChange, planDeletion } from './plan-changes.ts';
import { planNewNote, planNoteChange } from './plan-note.ts';
import { readSeen, type Seen, type SeenEntity } from './read-seen.ts';
import { notFound, readBack, readKnownNote, readVisibleSpace } from './read-visible.ts';
import { recordInParts } from './record-in-parts.ts';
import type { ChangeDependencies } from './space-changes.ts';

export function createNoteChanges({
  entities,
  record,
  newId,
}: ChangeDependencies): Pick<
  Notebook,
  'addNote' | 'editNote' | 'removeNote' | 'changeNotes' | 'removeNotes'
> {
  const changeEach = async (
    notes: readonly EntityId[],
    plan: (note: Entity<'note'>) => readonly PlannedChange[],
    options: Pick<RecordOptions, 'call'>,
  ): Promise<Recorded> => {
    for (const id of notes) readKnownNote(entities, id);
    const planLiving = (id: EntityId): readonly PlannedChange[] => {
      const note = readKnownNote(entities, id);
      return note.deleted ? [] : plan(note);
    };
    return recordInParts(record, [...new Set(notes)], planLiving, options);
  };
  return {
    addNote: async (note, options) => {
      const { id = newId() } = note;
      const { operations } = await record(() => {
        if (entities.read('note', id) !== null) return []; // STO-50
        readVisibleSpace(entities, note.space);
        return planNewNote(entities, id, note);
      }, options);
      return readBack(entities, 'note', findNote(entities, operations) ?? id);
    },
    editNote: (base, change, options) =>
      record(() => {
        const seen = readSeenNote(entities, base);
        if (seen.deleted) throw notFound('note');
        if (change.space !== undefined && change.space !== seen.value.space)
          readVisibleSpace(entities, change.space);
        return planNoteChange(entities, seen, change);
      }, options),
    removeNote: (base, options) =>
      record(() => {
        const seen = readSeenNote(entities, base);
        return readKnownNote(entities, base.id).deleted ? [] : [planDeletion('note', seen)];
      }, options),
    changeNotes: async (notes, change, options = {}) => {
      if (change.space !== undefined) readVisibleSpace(entities, change.space);
      return changeEach(notes, (note) => planChange('note', note, change), options);
    },
    removeNotes: (notes, options = {}) => changeEach(notes, (note) => [planDeletion('note', note)], options),
  };
}

/** The note that was recorded; a call that bears a name may have recorded it long ago, under another id. // STO-50 */
function findNote(
  entities: Pick<Entities, 'revision'>,
  operations: readonly OperationId[],
): EntityId | undefined {
  const made = operations.map((id) => entities.revision(id)?.operation);
  return made.find((operation) => operation?.entity === 'note')?.id;
}

function readSeenNote(entities: Pick<Entities, 'read' | 'revisions'>, base: SeenEntity): Seen<'note'> {
  const seen = readSeen(entities, 'note', base);
  if (seen !== null) return seen;
  throw new DataansError('not-found', 'There is no such note, or not in the state that was seen.', {
    advice: 'Read it again.',
  });
}
