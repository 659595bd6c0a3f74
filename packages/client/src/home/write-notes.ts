import type { EntityId } from '@dataans/core';
import type { NewFile, RecordOptions } from '../notebook/notebook.ts';
import type { Attachable, HomeNotes, WriteOptions } from './home-notes.ts';
import type { HomeRooms } from './home-rooms.ts';

type NoteWrites = Pick<HomeNotes, 'add' | 'edit' | 'move' | 'pin' | 'remove' | 'revert'>;

export function createNoteWrites(rooms: HomeRooms): NoteWrites {
  const seal = async (
    attachables: readonly Attachable[],
    { signal, onProgress }: WriteOptions,
  ): Promise<readonly NewFile[]> =>
    rooms.session().sealAttachments(attachables, {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  const isKnown = (id: EntityId | undefined): boolean =>
    id !== undefined && rooms.store.entities.read('note', id) !== null;

  return {
    add: async ({ attach = [], ...note }, options = {}) => {
      const { notebook } = rooms.session();
      const sealed = isKnown(note.id) ? [] : await seal(attach, options);
      const { id } = await notebook.addNote({ ...note, attach: sealed }, toRecordOptions(options));
      const made = rooms.store.entities.revisions('note', id);
      const first = made.filter(({ operation }) => operation.parents.length === 0);
      return { id, recorded: { operations: first.map((revision) => revision.id) } };
    },
    edit: async ({ id, heads }, { attach = [], ...change }, options = {}) => {
      const { notebook } = rooms.session();
      const edit = { ...change, attach: await seal(attach, options) };
      return { id, recorded: await notebook.editNote({ id, heads }, edit, toRecordOptions(options)) };
    },
    move: async (ids, space, options) => rooms.session().notebook.changeNotes(ids, { space }, options),
    pin: async (ids, pinned, options) => rooms.session().notebook.changeNotes(ids, { pinned }, options),
    remove: async (ids, options) => rooms.session().notebook.removeNotes(ids, options),
    revert: async (recorded, options) => rooms.session().notebook.revert(recorded, options),
  };
}

function toRecordOptions({ call }: WriteOptions): RecordOptions {
  return call === undefined ? {} : { call };
}
