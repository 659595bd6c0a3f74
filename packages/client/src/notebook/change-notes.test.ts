import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import { withNote } from '../testing/test-notebook.ts';
import { change, noteValue, randomUuid, readNote } from '../testing/test-store.ts';

test('[STO-51] many notes are moved, pinned or deleted in one transaction; more than 1,000 in several', async (t) => {
  const { store, notebook, space } = await withNote(t);
  const other = await notebook.addSpace('Other');
  const ids = Array.from({ length: 1_001 }, () => randomUuid<EntityId>());
  await notebook.record(() => ids.map((id) => change('note', id, noteValue({ space: space.id }))));
  let commits = 0;
  store.onChange(() => (commits += 1));
  const few = ids.slice(0, 1_000);
  assert.equal((await notebook.changeNotes(few, { space: other.id })).operations.length, 1_000);
  assert.equal(commits, 1);
  assert.equal((await notebook.changeNotes(ids, { pinned: true })).operations.length, 1_001);
  assert.equal(commits, 3);
  assert.equal((await notebook.removeNotes(ids)).operations.length, 1_001);
  assert.equal(commits, 5);
  assert.deepEqual(await notebook.changeNotes(ids, { pinned: false }), { operations: [] });
  assert.deepEqual(store.entities.count(), { spaces: 2, notes: 1, files: 0 });
});

test('[STO-51] a note that is unknown, or a space that is gone, leaves the others as they are', async (t) => {
  const { store, notebook, note } = await withNote(t, { text: 'kept' });
  const missing = randomUuid<EntityId>();
  await assert.rejects(notebook.removeNotes([note.id, missing]), { code: 'not-found' });
  await assert.rejects(notebook.changeNotes([note.id], { space: missing }), { code: 'not-found' });
  assert.deepEqual(readNote(store, note.id), note);
  assert.equal((await notebook.changeNotes([note.id, note.id], { pinned: true })).operations.length, 1);
});

test('[STO-50] a call that is asked again records nothing more, and gives what it recorded', async (t) => {
  const { store, notebook, space, note } = await withNote(t);
  const call = 'tab 7, call 1';
  const [first, again] = await Promise.all([
    notebook.editNote(note, { text: 'once' }, { call }),
    notebook.editNote(note, { text: 'once' }, { call }),
  ]);
  assert.deepEqual(again, first);
  assert.equal(first.operations.length, 1);
  const count = store.log.operationCount();
  const added = { id: randomUuid<EntityId>(), space: space.id, text: 'new' };
  assert.deepEqual(await notebook.addNote(added), await notebook.addNote({ ...added, text: 'other' }));
  await notebook.addSpace('Once', null, { id: added.id });
  await notebook.addSpace('Twice', null, { id: added.id });
  assert.equal(store.log.operationCount(), count + 2);
  const unnamed = { space: space.id, text: 'its id was not chosen' };
  const named = await notebook.addNote(unnamed, { call: 'tab 7, call 2' });
  assert.deepEqual(await notebook.addNote(unnamed, { call: 'tab 7, call 2' }), named);
  await assert.rejects(notebook.removeNote(note, { call: 'x'.repeat(101) }), TypeError);
});

test('[STO-50] calls are remembered for the next 1,000 of them, and each transaction of a large one', async (t) => {
  const { store, notebook, space } = await withNote(t);
  const ids = Array.from({ length: 1_001 }, () => randomUuid<EntityId>());
  await notebook.record(() => ids.map((id) => change('note', id, noteValue({ space: space.id }))));
  const pinned = await notebook.changeNotes(ids, { pinned: true }, { call: 'pin' });
  await notebook.changeNotes(ids, { pinned: false });
  assert.deepEqual(await notebook.changeNotes(ids, { pinned: true }, { call: 'pin' }), pinned);
  for (let n = 0; n < 1_000; n += 1) await notebook.renameSpace(space.id, String(n));
  assert.ok(store.log.recordedBy('pin') !== null);
  for (let n = 0; n < 1_000; n += 1)
    await notebook.changeNotes(ids.slice(0, 1), { pinned: n % 2 === 0 }, { call: String(n) });
  assert.equal(store.log.recordedBy('pin'), null);
  assert.ok(store.log.recordedBy('0') !== null);
});
