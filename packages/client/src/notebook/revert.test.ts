import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import fc from 'fast-check';
import { openNotebook, withNote, type OpenedNotebook } from '../testing/test-notebook.ts';
import {
  change,
  fileValue,
  noteValue,
  otherDevice,
  randomUuid,
  readNote,
  receive,
  startMs,
} from '../testing/test-store.ts';
import type { Recorded } from './notebook.ts';

/** What a person sees: what lives. */
function look({ store: { entities } }: Pick<OpenedNotebook, 'store'>): unknown {
  return {
    notes: Array.from(entities.notes(), ({ id, value }) => ({ id, value })).toSorted((left, right) =>
      left.id < right.id ? -1 : 1,
    ),
    spaces: entities
      .spaces()
      .map(({ space: { id, value, deleted }, notes }) => ({ id, value, deleted, notes })),
  };
}

const acts = ['add', 'edit', 'move', 'pin', 'remove', 'remove-space', 'rename-space', 'restore'] as const;

/** Does one of these things to the notes there are. */
async function act(
  { store, notebook }: OpenedNotebook,
  name: (typeof acts)[number],
  choice: number,
): Promise<Recorded> {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[choice % items.length];
  const space = pick(store.entities.spaces())?.space ?? (await notebook.addSpace('Space'));
  const notes = [...store.entities.notes()];
  const note = pick(notes);
  const some = notes.filter((_, index) => (choice >> index) % 2 === 0).map(({ id }) => id);
  if (name === 'remove-space') return notebook.removeSpace(space.id);
  if (name === 'rename-space') return notebook.renameSpace(space.id, `Space ${choice}`);
  if (name === 'add' || note === undefined)
    return { operations: (await notebook.addNote({ space: space.id, text: `new ${choice}` })).heads };
  if (name === 'move') return notebook.changeNotes(some, { space: space.id });
  if (name === 'pin') return notebook.changeNotes(some, { pinned: choice % 2 === 0 });
  if (name === 'remove') return notebook.removeNotes(some);
  const [deleted] = store.past.deletedNotes();
  if (name === 'restore' && deleted !== undefined)
    return notebook.record(() => [
      change('note', deleted.id, deleted.value, { parents: deleted.heads, deleted: false }),
    ]);
  const attach = [{ id: randomUuid<EntityId>(), value: fileValue(`${choice}.png`) }];
  return notebook.editNote(note, {
    text: `${note.value.text}\n${choice}`,
    ...(choice % 3 === 0 ? { attach } : {}),
  });
}

test('[STO-52] whatever was done is as if it had not been, and doing that again brings it back', async (t) => {
  const step = fc.record({ name: fc.constantFrom(...acts), choice: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), step, async (steps, last) => {
      const opened = openNotebook(t);
      await opened.notebook.addSpace('First');
      for (const { name, choice } of steps) await act(opened, name, choice);
      if (opened.store.entities.spaces().length === 0) await opened.notebook.addSpace('Another');
      const before = look(opened);
      const recorded = await act(opened, last.name, last.choice);
      const after = look(opened);
      const undone = await opened.notebook.revert(recorded);
      assert.deepEqual(look(opened), before);
      assert.deepEqual(await opened.notebook.revert(recorded), { operations: [] });
      const redone = await opened.notebook.revert(undone);
      assert.deepEqual(look(opened), after);
      await opened.notebook.revert(redone);
      assert.deepEqual(look(opened), before);
    }),
    { numRuns: 60 },
  );
});

test('[STO-52] what was written on top of an edit stays when the edit is taken back', async (t) => {
  const { store, notebook, note } = await withNote(t, { text: 'one\ntwo\nthree\n' });
  const recorded = await notebook.editNote(note, { text: 'ONE\ntwo\nthree\n', name: 'a.md' });
  await notebook.editNote(readNote(store, note.id), { text: 'ONE\ntwo\nTHREE\n', pinned: true });
  await notebook.revert(recorded);
  const { value, conflict } = readNote(store, note.id);
  assert.deepEqual([value.text, value.name, value.pinned, conflict], ['one\ntwo\nTHREE\n', '', true, false]);
});

test('[STO-52] [MRG-6] a note that somebody wrote in is kept when its addition is taken back', async (t) => {
  const { store, notebook, note } = await withNote(t, { text: 'new' });
  const theirs = change('note', note.id, noteValue({ ...note.value, text: 'new and theirs' }), {
    parents: note.heads,
  });
  receive(store, [otherDevice().make(theirs, startMs)]);
  await notebook.revert({ operations: note.heads });
  const { deleted, value } = readNote(store, note.id);
  assert.deepEqual([deleted, value.text], [false, 'new and theirs']);
});

test('[STO-52] [STO-14] [HIS-10] a large space comes back whole, and goes again in the order of a deletion', async (t) => {
  const { store, notebook, space } = await withNote(t);
  await notebook.record(() =>
    Array.from({ length: 1_200 }, () =>
      change('note', randomUuid<EntityId>(), noteValue({ space: space.id })),
    ),
  );
  const undone = await notebook.revert(await notebook.removeSpace(space.id));
  assert.deepEqual(store.entities.count(), { spaces: 1, notes: 1_201, files: 0 });
  const [first] = undone.operations;
  assert.equal(first === undefined ? null : store.entities.revision(first)?.operation.entity, 'space');
  const redone = await notebook.revert(undone);
  const last = redone.operations.at(-1);
  assert.equal(last === undefined ? null : store.entities.revision(last)?.operation.entity, 'space');
  assert.deepEqual(store.entities.count(), { spaces: 0, notes: 0, files: 0 });
});
