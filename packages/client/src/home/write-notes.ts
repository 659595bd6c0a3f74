import { DataansError, type EntityId } from '@dataans/core';
import type { Recorded } from '../notebook/notebook.ts';
import { readNoteAsSeen } from '../notebook/note-as-seen.ts';
import { planDeletion, planNoteEdit } from '../notebook/plan-changes.ts';
import type { Entity } from '../store/entities.ts';
import type { HomeNotes } from './home.ts';
import type { HomeRooms } from './home-rooms.ts';

type NoteWrites = Pick<HomeNotes, 'add' | 'edit' | 'move' | 'pin' | 'remove'>;

export function createNoteWrites(rooms: HomeRooms): NoteWrites {
  const readLiving = (ids: readonly EntityId[]): readonly Entity<'note'>[] =>
    ids.flatMap((id) => {
      const note = rooms.store.entities.read('note', id);
      if (note === null) throw new DataansError('not-found', 'There is no such note.');
      return note.deleted ? [] : [note];
    });
  const requireSpace = (id: EntityId): void => {
    const space = rooms.store.entities.read('space', id);
    if (space === null || space.deleted) throw new DataansError('not-found', 'There is no such space.');
  };
  const recordEach = (
    ids: readonly EntityId[],
    plan: (note: Entity<'note'>) => ReturnType<typeof planNoteEdit>,
  ): Promise<Recorded> => rooms.session().notebook.record(() => readLiving(ids).flatMap(plan));

  return {
    add: async (note) => {
      const { id, heads } = await rooms.session().notebook.addNote(note);
      return { id, recorded: { operations: heads } };
    },
    edit: async ({ id, heads }, change) => {
      const seen = readNoteAsSeen(rooms.store.entities, id, heads);
      return { id, recorded: await rooms.session().notebook.editNote(seen, change) };
    },
    move: async (ids, space) => {
      requireSpace(space);
      return recordEach(ids, (note) => planNoteEdit(note, { space }));
    },
    pin: async (ids, pinned) => recordEach(ids, (note) => planNoteEdit(note, { pinned })),
    remove: async (ids) => recordEach(ids, (note) => [planDeletion('note', note)]),
  };
}
