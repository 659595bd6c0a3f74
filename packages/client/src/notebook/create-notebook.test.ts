import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { limits, openEnvelopes, type EntityId, type NoteValue } from '@dataans/core';
import type { Entity } from '../store/entities.ts';
import { keyring, openNotebook, primitives, withNote } from '../testing/test-notebook.ts';
import {
  change,
  fileValue,
  noteValue,
  otherDevice,
  readNote,
  randomUuid,
  receive,
  startMs,
} from '../testing/test-store.ts';

test('what is recorded is sealed under the current key and waits in the outbox', async (t) => {
  const { store, note } = await withNote(t, { name: 'a.md', text: 'words' });
  const rows = store.log.outbox({ operations: 10, bytes: Infinity });
  const opened = await openEnvelopes(primitives, keyring, rows);
  const operations = opened.map((each): unknown =>
    each.ok ? JSON.parse(Buffer.from(each.encoded).toString()) : each.code,
  );
  assert.deepEqual(operations[1], {
    v: 1,
    device: store.log.writer().device,
    n: 2,
    at: startMs,
    c: 1,
    entity: 'note',
    id: note.id,
    parents: [],
    deleted: false,
    value: note.value,
  });
  assert.ok(rows.every(({ envelope }) => !Buffer.from(envelope).includes('words')));
});

test('an edit changes the given fields on top of what is current', async (t) => {
  const { store, notebook, note } = await withNote(t, { name: 'a.md', text: 'before' });
  const { operations } = await notebook.editNote(note, { text: 'after', pinned: true });
  const edited = store.entities.read('note', note.id);
  assert.deepEqual(edited?.value, { ...note.value, text: 'after', pinned: true });
  assert.deepEqual(edited?.heads, operations);
});

test('[STO-13] a change that changes nothing is not recorded', async (t) => {
  const file = randomUuid<EntityId>();
  const { store, notebook, space, note } = await withNote(t, { text: 'same', files: [file] });
  const before = store.log.operationCount();
  const nothing = { operations: [] };
  assert.deepEqual(await notebook.editNote(note, { text: 'same', files: [file] }), nothing);
  assert.deepEqual(await notebook.renameSpace(space.id, 'Space'), nothing);
  assert.deepEqual(await notebook.record(() => []), nothing);
  await notebook.nameDevice('Laptop');
  assert.deepEqual(await notebook.nameDevice('Laptop'), nothing);
  await notebook.removeNote(note);
  assert.deepEqual(await notebook.removeNote(note), nothing);
  assert.equal(store.log.operationCount(), before + 2);
});

test('[STO-13] what is over a limit is refused with both sizes, and nothing is recorded', async (t) => {
  const { store, notebook, space, note } = await withNote(t, { text: 'kept' });
  const before = store.log.operationCount();
  const refused = (code: string, message: string) => ({ code, message });
  await assert.rejects(
    notebook.editNote(note, { text: 'x'.repeat(1_200_000) }),
    refused('too-large', 'The note is 1.2 MB. The limit is 1.0 MB.'),
  );
  await assert.rejects(notebook.editNote(note, { text: 'x'.repeat(1_000_000) }), {
    message: /^The note is 1,000,\d{3} bytes\. The limit is 1,000,000 bytes\.$/,
  });
  await assert.rejects(
    notebook.renameSpace(space.id, 'ї'.repeat(600)),
    refused('too-large', 'The name is 1,200 bytes. The limit is 1,024 bytes.'),
  );
  const files = Array.from({ length: 10_001 }, () => space.id);
  await assert.rejects(
    notebook.editNote(note, { files }),
    refused('too-large', 'The list of files is 10,001 entries. The limit is 10,000 entries.'),
  );
  assert.equal(store.log.operationCount(), before);
  assert.equal(store.entities.read('note', note.id)?.value.text, 'kept');
});

/** A note that two devices wrote at the same time, each within the limit, and that is over it now. */
async function withOversizedNote(t: TestContext) {
  const opened = await withNote(t, { text: 'start' });
  const { store, notebook, space, note } = opened;
  const other = otherDevice();
  const lines = (name: string): string =>
    Array.from({ length: 9_000 }, (_, n) => `${name} ${n} ${'x'.repeat(80)}`).join('\n');
  const theirs = other.make(
    change('note', note.id, noteValue({ space: space.id, text: lines('theirs') }), {
      parents: note.heads,
    }),
    startMs,
  );
  await notebook.editNote(note, { text: lines('ours'.repeat(2)) });
  receive(store, [theirs]);
  const read = (): Entity<'note'> => {
    const found = store.entities.read('note', note.id);
    assert.ok(found !== null);
    return found;
  };
  assert.ok(read().value.text.length > 1_000_000, String(read().value.text.length));
  return { ...opened, read };
}

test('[STO-38] a note that merging made too large can be pinned, moved and get files, and its text stays', async (t) => {
  const { notebook, read } = await withOversizedNote(t);
  const { text } = read().value;
  const space = await notebook.addSpace('Other');
  const file = randomUuid<EntityId>();
  await notebook.editNote(read(), { pinned: true });
  await notebook.editNote(read(), { space: space.id });
  await notebook.editNote(read(), { files: [file] });
  const { value, conflict } = read();
  assert.deepEqual([value.pinned, value.space, value.files], [true, space.id, [file]]);
  assert.deepEqual(value.text.split('\n').toSorted(), text.split('\n').toSorted());
  assert.ok(conflict);
  await notebook.editNote(read(), { pinned: false, files: [] });
  assert.deepEqual([read().value.pinned, read().value.files], [false, []]);
});

test('[STO-38] a note that merging made too large can be deleted, and a shorter text settles it', async (t) => {
  const { notebook, space, read } = await withOversizedNote(t);
  await assert.rejects(notebook.editNote(read(), { text: read().value.text }), { code: 'too-large' });
  await notebook.removeNote(read());
  assert.ok(read().deleted);
  await notebook.record(() => [{ ...read(), entity: 'note', parents: read().heads, deleted: false }]);
  assert.ok(!read().deleted);
  await notebook.editNote(read(), { text: 'short' });
  assert.deepEqual([read().value.text, read().conflict, read().heads.length], ['short', false, 1]);
  await notebook.removeSpace(space.id);
});

test('[STO-13] half of a broken surrogate pair is replaced', async (t) => {
  const { note } = await withNote(t, { name: 'a\ud800.md', text: '\udc00b' });
  assert.deepEqual([note.value.name, note.value.text], ['a\ufffd.md', '\ufffdb']);
});

test('[STO-13] a value that no device could read is a mistake and is not recorded', async (t) => {
  const { store, notebook } = openNotebook(t);
  const value = noteValue({ date: 0.5 });
  await assert.rejects(
    notebook.record(() => [change('note', randomUuid<EntityId>(), value)]),
    /no device could read/,
  );
  assert.equal(store.log.operationCount(), 0);
});

test('names of spaces and devices cannot be empty, and text is kept byte for byte', async (t) => {
  const { notebook } = openNotebook(t);
  await assert.rejects(notebook.addSpace(' \t'), { code: 'invalid' });
  await assert.rejects(notebook.nameDevice(''), { code: 'invalid' });
  const space = await notebook.addSpace(' a/b ', 'a/b');
  assert.deepEqual(space.value, { name: ' a/b ', folder: 'a/b' });
  const text = '\ufeff a\r\n\u0000e\u0301\n\n';
  assert.equal((await notebook.addNote({ space: space.id, text })).value.text, text);
});

test('a space has a colour, an icon, a pin and an order, together or one by one', async (t) => {
  const { store, notebook } = openNotebook(t);
  const { id, value } = await notebook.addSpace('Work', null, { colour: 'teal', order: 'a0' });
  assert.deepEqual(value, { name: 'Work', folder: null, colour: 'teal', order: 'a0' });
  await notebook.editSpace(id, { icon: '🍋', pinned: true, colour: null });
  const edited = { ...value, icon: '🍋', pinned: true, colour: null };
  assert.deepEqual(store.entities.read('space', id)?.value, edited);
  await notebook.renameSpace(id, 'Home');
  assert.deepEqual(store.entities.read('space', id)?.value, { ...edited, name: 'Home' });
  assert.deepEqual(await notebook.editSpace(id, { icon: '🍋', colour: null }), { operations: [] });
  await assert.rejects(notebook.editSpace(id, { name: ' ' }), { code: 'invalid' });
  await assert.rejects(notebook.editSpace(id, { colour: 'x'.repeat(65) }), {
    code: 'too-large',
    message: 'The colour is 65 bytes. The limit is 64 bytes.',
  });
});

test('a note is from another day if somebody says so', async (t) => {
  const { store, notebook, note } = await withNote(t, { text: 'old', date: -86_400_000 });
  assert.equal(note.value.date, -86_400_000);
  await notebook.editNote(note, { date: null });
  assert.equal(store.entities.read('note', note.id)?.value.date, null);
});

test('what is not there cannot be changed', async (t) => {
  const { store, notebook, note, space } = await withNote(t);
  const missing = randomUuid<EntityId>();
  const gone = { code: 'not-found' };
  await assert.rejects(notebook.addNote({ space: missing }), gone);
  await assert.rejects(notebook.editNote({ ...note, id: missing }, { text: '' }), gone);
  await assert.rejects(notebook.editNote(note, { space: missing }), gone);
  await assert.rejects(notebook.removeNote({ ...note, id: missing }), gone);
  await assert.rejects(notebook.removeSpace(missing), gone);
  await notebook.removeNote(note);
  await assert.rejects(notebook.editNote(readNote(store, note.id), { text: 'x' }), gone);
  await notebook.removeSpace(space.id);
  await assert.rejects(notebook.renameSpace(space.id, 'x'), gone);
  await assert.rejects(notebook.addNote({ space: space.id }), gone);
});

test('[STO-14] deleting a space deletes the notes that live in it, and nothing else', async (t) => {
  const { store, notebook, space, note } = await withNote(t);
  const other = await notebook.addSpace('Other');
  const kept = await notebook.addNote({ space: other.id });
  assert.equal((await notebook.removeSpace(space.id)).operations.length, 2);
  assert.equal(store.entities.read('space', space.id)?.deleted, true);
  assert.equal(store.entities.read('note', note.id)?.deleted, true);
  assert.equal(store.entities.read('note', kept.id)?.deleted, false);
});

test('[STO-14] a large space is deleted in several transactions, the space itself in the last', async (t) => {
  const { store, notebook, space } = await withNote(t);
  const notes = Array.from({ length: 1_500 }, () =>
    change('note', randomUuid<EntityId>(), noteValue({ space: space.id })),
  );
  await notebook.record(() => notes);
  let commits = 0;
  store.onChange(() => (commits += 1));
  assert.equal((await notebook.removeSpace(space.id)).operations.length, 1_502);
  assert.equal(commits, 2);
  assert.deepEqual(store.entities.count(), { spaces: 0, notes: 0, files: 0 });
});

test('[MRG-10] saving a merged note ends the conflict, even with the text as it is', async (t) => {
  const { store, notebook, note } = await withNote(t, { text: 'base\n' });
  const theirs = noteValue({ ...note.value, text: 'theirs\n' });
  const parents = note.heads;
  await notebook.editNote(note, { text: 'mine\n' });
  receive(store, [otherDevice().make(change('note', note.id, theirs, { parents }), startMs)]);
  const merged = store.entities.read('note', note.id);
  assert.deepEqual([merged?.conflict, merged?.heads.length], [true, 2]);
  await notebook.editNote(readNote(store, note.id), { text: merged?.value.text ?? '' });
  const settled = store.entities.read('note', note.id);
  assert.deepEqual([settled?.conflict, settled?.heads.length], [false, 1]);
  assert.deepEqual(settled?.value, merged?.value);
});

/** A note that another device has changed since the person saw it. */
async function withUnseenChange(t: TestContext, seen: Partial<NoteValue>, given: Partial<NoteValue>) {
  const opened = await withNote(t, seen);
  const { store, note } = opened;
  const theirs = change('note', note.id, noteValue({ ...note.value, ...given }), { parents: note.heads });
  receive(store, [otherDevice().make(theirs, startMs + 1)]);
  return { ...opened, read: () => readNote(store, note.id) };
}

test('[STO-30] what arrived while the person wrote is merged with what they wrote', async (t) => {
  const { notebook, note, read } = await withUnseenChange(
    t,
    { text: 'base\n' },
    { text: 'remote\nbase\n', pinned: true },
  );
  await notebook.editNote(note, { text: 'base\nlocal\n' });
  assert.equal(read().value.text, 'remote\nbase\nlocal\n');
  assert.deepEqual([read().value.pinned, read().conflict], [true, false]);
});

test('[STO-30] moving or pinning a note takes back nothing that arrived meanwhile', async (t) => {
  const { notebook, note, read } = await withUnseenChange(t, { text: 'old' }, { text: 'new', name: 'a.md' });
  const other = await notebook.addSpace('Other');
  await notebook.editNote(note, { space: other.id });
  await notebook.editNote(read(), { pinned: true });
  const { space, text, name, pinned } = read().value;
  assert.deepEqual([space, text, name, pinned], [other.id, 'new', 'a.md', true]);
});

test('[STO-30] a change that the person did not see keeps the note that they delete', async (t) => {
  const { notebook, note, read } = await withUnseenChange(t, { text: 'old' }, { text: 'new' });
  await notebook.removeNote(note);
  assert.deepEqual([read().deleted, read().value.text], [false, 'new']);
  await notebook.removeNote(read());
  assert.equal(read().deleted, true);
});

test('[STO-30] what is written keeps a note that was deleted meanwhile', async (t) => {
  const { store, notebook, note } = await withNote(t, { text: 'old' });
  await notebook.removeNote(note);
  await notebook.editNote(note, { text: 'written' });
  const { deleted, value } = readNote(store, note.id);
  assert.deepEqual([deleted, value.text], [false, 'written']);
});

test('[STO-54] files are recorded with the note that holds them, and not without it', async (t) => {
  const { store, notebook, space, note } = await withNote(t, { text: 'old' });
  const newFile = (name: string) => ({ id: randomUuid<EntityId>(), value: fileValue(name) });
  const [first, second, third] = [newFile('a.png'), newFile('b.png'), newFile('c.png')];
  const added = await notebook.addNote({ space: space.id, attach: [first] });
  assert.deepEqual(added.value.files, [first.id]);
  assert.deepEqual(store.entities.read('file', first.id)?.value, first.value);
  const beside = await notebook.addNote({ space: space.id, attach: [first] });
  assert.deepEqual(beside.value.files, [first.id]);
  assert.equal(store.entities.revisions('file', first.id).length, 1);
  const before = store.log.operationCount();
  assert.deepEqual(await notebook.editNote(note, { text: 'old', attach: [] }), { operations: [] });
  await assert.rejects(notebook.editNote(note, { text: 'x'.repeat(1_000_001), attach: [second] }), {
    code: 'too-large',
  });
  assert.equal(store.log.operationCount(), before);
  const edited = await notebook.editNote(added, { attach: [second, third], detach: [first.id] });
  assert.equal(edited.operations.length, 3);
  assert.deepEqual(readNote(store, added.id).value.files, [second.id, third.id]);
});

test('[STO-31] a note with more heads than an edit can name is edited, and deleted, like any other', async (t) => {
  for (const act of ['edit', 'delete'] as const) {
    const { store, notebook, note } = await withNote(t, { text: 'root' });
    const other = otherDevice();
    const heads = Array.from({ length: limits.parentsMax + 1 }, (_, index) => {
      const value = noteValue({ ...note.value, text: `root\n${index}` });
      return other.make(change('note', note.id, value, { parents: note.heads }), startMs + index);
    });
    receive(store, heads);
    const merged = readNote(store, note.id);
    assert.equal(merged.heads.length, heads.length);
    await (act === 'edit' ? notebook.editNote(merged, { text: 'mine' }) : notebook.removeNote(merged));
    const { deleted, conflict, value } = readNote(store, note.id);
    assert.deepEqual(
      [deleted, conflict, value.text],
      [act === 'delete', false, act === 'edit' ? 'mine' : merged.value.text],
    );
    const parents = readNote(store, note.id).heads;
    const again = noteValue({ ...note.value, text: 'again' });
    await notebook.record(() => [change('note', note.id, again, { parents })]);
    assert.equal(readNote(store, note.id).heads.length, 1);
  }
});

test('[STO-2] changes are planned anew until nobody else wrote meanwhile', async (t) => {
  const { store, notebook, space } = await withNote(t);
  const adding = Array.from({ length: 10 }, (_, index) =>
    notebook.addNote({ space: space.id, name: String(index) }),
  );
  const notes = await Promise.all(adding);
  assert.deepEqual(
    notes.map(({ value }) => value.name),
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  );
  assert.equal(store.log.writer().n, 12);
  assert.deepEqual(store.log.holes(), []);
});

test('[STO-2] a clock that stands still gives rising stamps', async (t) => {
  const { store, notebook, note } = await withNote(t);
  await notebook.editNote(note, { text: 'b' });
  assert.deepEqual(store.log.writer().last, { at: startMs, c: 2 });
});
