import type { EntityId } from '@dataans/core';
import type { RecordOptions } from '../notebook/notebook.ts';
import type { NewFile } from '../store/new-file.ts';
import type { Attachable, HomeNotes, WriteOptions } from './home-notes.ts';
import type { HomeRooms } from './home-rooms.ts';

type NoteWrites = Pick<HomeNotes, 'add' | 'edit' | 'move' | 'pin' | 'remove' | 'revert'>;

export function createNoteWrites(rooms: HomeRooms): NoteWrites {
  const { holding } = rooms;
  /** Of the draft that is sent, and what comes with it. */
  const sealFiles = async (
    attachables: readonly Attachable[],
    { draft, signal, onProgress }: WriteOptions,
  ): Promise<readonly NewFile[]> => {
    const drafted = draft === undefined ? [] : (rooms.store.drafts.read(draft)?.files ?? []);
    const sealed = await rooms.session().sealAttachments(attachables, {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    return [...drafted, ...sealed];
  };
  /** Who seals nothing has nothing to hold. */
  const holdFor = <Result>(sealed: readonly Attachable[], work: () => Promise<Result>): Promise<Result> =>
    sealed.length === 0 ? work() : holding.hold(work);
  const isKnown = (id: EntityId | undefined): boolean =>
    id !== undefined && rooms.store.entities.read('note', id) !== null;

  return {
    add: ({ attach = [], ...note }, options = {}) =>
      holdFor(attach, async () => {
        const { notebook } = rooms.session();
        const files = isKnown(note.id) ? [] : await sealFiles(attach, options);
        const { id } = await notebook.addNote({ ...note, attach: files }, toRecordOptions(options));
        const made = rooms.store.entities.revisions('note', id);
        const first = made.filter(({ operation }) => operation.parents.length === 0);
        return { id, recorded: { operations: first.map((revision) => revision.id) } };
      }),
    edit: (base, { attach = [], ...change }, options = {}) =>
      holdFor(attach, async () => {
        const { notebook } = rooms.session();
        const edit = { ...change, attach: await sealFiles(attach, options) };
        const recorded = await notebook.editNote(base, edit, toRecordOptions(options));
        // A draft that says what the note says already is done with as well.
        const isDone = recorded.operations.length === 0;
        if (isDone && options.draft !== undefined) rooms.store.drafts.change(options.draft, () => null);
        return { id: base.id, recorded };
      }),
    move: async (ids, space, options) => rooms.session().notebook.changeNotes(ids, { space }, options),
    pin: async (ids, pinned, options) => rooms.session().notebook.changeNotes(ids, { pinned }, options),
    remove: async (ids, options) => rooms.session().notebook.removeNotes(ids, options),
    revert: async (recorded, options) => rooms.session().notebook.revert(recorded, options),
  };
}

function toRecordOptions({ call, draft }: WriteOptions): RecordOptions {
  return { ...(call === undefined ? {} : { call }), ...(draft === undefined ? {} : { draft }) };
}
