import type { Note, NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { App } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { setTask, type Task } from '../markdown/tasks.ts';
import { formatAddress } from '../router/address.ts';

/** What one can do with notes, wherever they are shown: with the error told, and with a way back. */
export interface NoteDoings {
  pin(notes: readonly NoteRow[], pinned: boolean): Promise<void>;
  move(notes: readonly NoteRow[], space: { readonly id: EntityId; readonly name: string }): Promise<void>;
  remove(notes: readonly NoteRow[]): Promise<void>;
  setDate(note: NoteRow, date: number | null): Promise<void>;
  /** @param seen the text in which the task was */
  tick(note: NoteRow, seen: string, task: Task): Promise<void>;
  copyMarkdown(notes: readonly NoteRow[]): Promise<void>;
  copyLink(note: NoteRow): Promise<void>;
}

export function createNoteDoings({ home, notices, words }: App): NoteDoings {
  const told = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      notices.show(tellError(error, words.value));
    }
  };
  const idsOf = (notes: readonly NoteRow[]): readonly EntityId[] => notes.map(({ id }) => id);
  const readWhole = async (id: EntityId): Promise<Note> => {
    const note = await home.notes.read(id);
    if (note === null) throw new Error(words.value.errors['not-found']);
    return note;
  };
  const offerUndo = (said: string, recorded: Awaited<ReturnType<typeof home.notes.remove>>): void => {
    // The key was pressed twice: what was told first can still be undone.
    if (recorded.operations.length === 0) return;
    notices.show(said, {
      words: words.value.undo,
      act: () =>
        void told(async () => {
          await home.notes.revert(recorded);
        }),
    });
  };
  return {
    pin: (notes, pinned) =>
      told(async () => {
        await home.notes.pin(idsOf(notes), pinned);
      }),
    move: (notes, space) =>
      told(async () => {
        const recorded = await home.notes.move(idsOf(notes), space.id);
        offerUndo(words.value.notesMoved(notes.length, space.name), recorded);
      }),
    remove: (notes) =>
      told(async () => {
        const recorded = await home.notes.remove(idsOf(notes));
        const { noteDeleted, notesDeleted } = words.value;
        offerUndo(notes.length === 1 ? noteDeleted : notesDeleted(notes.length), recorded);
      }),
    setDate: ({ id }, date) =>
      told(async () => {
        await home.notes.edit(await readWhole(id), { date });
      }),
    tick: ({ id }, seen, task) =>
      told(async () => {
        const note = await readWhole(id);
        const text = setTask(note.text, seen, task);
        if (text === null) throw new Error(words.value.errors['not-found']);
        await home.notes.edit(note, { text });
      }),
    copyMarkdown: (notes) =>
      told(async () => {
        const texts = await Promise.all(notes.map(async ({ id }) => (await readWhole(id)).text));
        await navigator.clipboard.writeText(texts.join('\n\n'));
        notices.show(words.value.copied);
      }),
    copyLink: ({ space, id }) =>
      told(async () => {
        await navigator.clipboard.writeText(
          location.origin + formatAddress({ at: 'space', space, note: id }),
        );
        notices.show(words.value.copied);
      }),
  };
}
