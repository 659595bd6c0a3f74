import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EntityId, NoteValue, OperationId } from '@dataans/core';
import { openSqlite } from '../node/sqlite.ts';
import { createStore } from './create-store.ts';
import {
  append,
  change,
  fileValue,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  randomUuid,
  receive,
  spaceId,
  startMs,
  temporaryFolder,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

function addSpace(store: Store, name: string, id = randomUuid<EntityId>()): EntityId {
  append(store, [change('space', id, { name, folder: null })], startMs);
  return id;
}

function addNote(store: Store, given: Partial<NoteValue>, atMs = startMs, id = randomUuid<EntityId>()) {
  append(store, [change('note', id, noteValue(given))], atMs);
  return id;
}

function remove(store: Store, kind: 'space' | 'note' | 'file', id: EntityId): void {
  const entity = store.entities.read(kind, id);
  assert.ok(entity !== null);
  const given = { parents: entity.heads, deleted: true };
  append(store, [change(kind, id, entity.value, given)], startMs);
}

function namesOf(notes: Iterable<{ readonly value: { readonly name: string } }>): readonly string[] {
  return Array.from(notes, ({ value }) => value.name);
}

test('notes come pinned first, then the newest first', (t) => {
  const store = openTestStore(t);
  addNote(store, { name: 'old and pinned', pinned: true }, startMs + 1);
  addNote(store, { name: 'older' }, startMs + 2);
  addNote(store, { name: 'newer' }, startMs + 3);
  assert.deepEqual(namesOf(store.entities.notes()), ['old and pinned', 'newer', 'older']);
  assert.deepEqual(namesOf(store.entities.notes({ limit: 2 })), ['old and pinned', 'newer']);
});

test('notes of a space are the living ones that are in it', (t) => {
  const store = openTestStore(t);
  const [one, other] = [addSpace(store, 'one'), addSpace(store, 'other')];
  addNote(store, { space: one, name: 'in one' });
  addNote(store, { space: other, name: 'in other' });
  remove(store, 'note', addNote(store, { space: one, name: 'removed' }));
  assert.deepEqual(namesOf(store.entities.notes({ space: one })), ['in one']);
  assert.deepEqual(namesOf(store.entities.notes({ space: one, limit: 1 })), ['in one']);
  assert.deepEqual(namesOf(store.entities.notes({ space: randomUuid<EntityId>() })), []);
});

test('a loop over notes goes on while notes change, and leaves out what was deleted', (t) => {
  const store = openTestStore(t);
  const removed = addNote(store, { name: 'removed' }, startMs + 1);
  addNote(store, { name: 'first' }, startMs + 2);
  const seen: string[] = [];
  for (const { value } of store.entities.notes()) {
    seen.push(value.name);
    remove(store, 'note', removed);
    addNote(store, { name: 'added' });
    break;
  }
  for (const { value } of store.entities.notes()) if (value.name !== 'added') seen.push(value.name);
  assert.deepEqual(seen, ['first', 'first']);
});

test('[MRG-7] a deleted space shows while a note lives in it', (t) => {
  const store = openTestStore(t);
  const space = addSpace(store, 'kept by its note');
  const note = addNote(store, { space });
  remove(store, 'space', space);
  assert.deepEqual(
    store.entities.spaces().map((summary) => [summary.space.id, summary.space.deleted, summary.notes]),
    [[space, true, 1]],
  );
  assert.deepEqual(store.entities.findByPrefix('space', space), [space]);
  assert.equal(store.entities.count().spaces, 1);
  remove(store, 'note', note);
  assert.deepEqual(store.entities.spaces(), []);
  assert.deepEqual(store.entities.findByPrefix('space', space), []);
  assert.equal(store.entities.count().spaces, 0);
});

test('spaces come by name, whatever its case and accents, with how many notes live in them', (t) => {
  const store = openTestStore(t);
  for (const name of ['zoo', 'Österreich', 'Alpha', 'beta']) addSpace(store, name);
  addSpace(store, 'omega', spaceId);
  addNote(store, {});
  addNote(store, {});
  assert.deepEqual(
    store.entities.spaces().map(({ space, notes }) => [space.value.name, notes]),
    [
      ['Alpha', 0],
      ['beta', 0],
      ['omega', 2],
      ['Österreich', 0],
      ['zoo', 0],
    ],
  );
});

test('what others only name is not there', (t) => {
  const store = openTestStore(t);
  const file = randomUuid<EntityId>();
  addNote(store, { files: [file] });
  assert.equal(store.entities.read('space', spaceId), null);
  assert.equal(store.entities.read('file', file), null);
  assert.deepEqual(store.entities.spaces(), []);
  assert.deepEqual([...store.entities.files()], []);
  assert.deepEqual(store.entities.count(), { spaces: 0, notes: 1, files: 0 });
  assert.deepEqual(store.entities.findByPrefix('file', file), []);
});

test('files are those that living notes hold, each once', (t) => {
  const store = openTestStore(t);
  const [held, loose] = [randomUuid<EntityId>(), randomUuid<EntityId>()];
  append(
    store,
    [change('file', held, fileValue('held')), change('file', loose, fileValue('loose'))],
    startMs,
  );
  const first = addNote(store, { files: [held] });
  const second = addNote(store, { files: [held] });
  assert.deepEqual(namesOf(store.entities.files()), ['held']);
  remove(store, 'note', first);
  assert.deepEqual(namesOf(store.entities.files()), ['held']);
  remove(store, 'note', second);
  assert.deepEqual(namesOf(store.entities.files()), []);
  assert.equal(store.entities.count().files, 0);
});

test('an id is found by the digits that it begins with', (t) => {
  const store = openTestStore(t);
  const ids = ['abcdef01', 'abcdef02'].map((start) => numberedUuid<EntityId>(start, 1));
  for (const id of ids) addNote(store, {}, startMs, id);
  const find = (prefix: string) => store.entities.findByPrefix('note', prefix);
  assert.deepEqual(find('abc'), ids);
  assert.deepEqual(find('ABCDEF01'), ids.slice(0, 1));
  assert.deepEqual(find('abcdef02-0'), ids.slice(1));
  assert.deepEqual(find(ids[0] ?? ''), ids.slice(0, 1));
  for (const none of ['abd', 'xyz', `${ids[0]}0`, 'abcdef03']) assert.deepEqual(find(none), []);
  assert.deepEqual(store.entities.findByPrefix('space', 'abc'), []);
  remove(store, 'note', ids[0] ?? spaceId);
  assert.deepEqual(find('abcdef0'), ids.slice(1));
});

test('notes are found by their exact file name in a space', (t) => {
  const store = openTestStore(t);
  const other = addSpace(store, 'other');
  const note = addNote(store, { name: 'tar.md' });
  addNote(store, { name: 'TAR.md' });
  addNote(store, { name: 'tar.md', space: other });
  remove(store, 'note', addNote(store, { name: 'tar.md' }));
  assert.deepEqual(
    store.entities.findNotesByName(spaceId, 'tar.md').map(({ id }) => id),
    [note],
  );
});

test('one id can name entities of two kinds', (t) => {
  const store = openTestStore(t);
  const id = randomUuid<EntityId>();
  addNote(store, { name: 'a note' }, startMs, id);
  addSpace(store, 'a space', id);
  assert.equal(store.entities.read('note', id)?.value.name, 'a note');
  assert.equal(store.entities.read('space', id)?.value.name, 'a space');
});

test('an edit keeps when a note was made and says when it was edited', (t) => {
  const store = openTestStore(t);
  const id = addNote(store, { text: 'a' }, startMs + 1);
  const parents: readonly OperationId[] = store.entities.read('note', id)?.heads ?? [];
  append(store, [change('note', id, noteValue({ text: 'b' }), { parents })], startMs + 9);
  const note = store.entities.read('note', id);
  assert.deepEqual([note?.createdAt, note?.editedAt, note?.value.text], [startMs + 1, startMs + 9, 'b']);
});

test('devices are listed in the order in which they came', (t) => {
  const store = openTestStore(t);
  append(store, [change('device', store.log.writer().device, { name: 'Laptop' })], startMs);
  append(store, [change('device', randomUuid<EntityId>(), { name: 'Phone' })], startMs + 1);
  assert.deepEqual(namesOf(store.entities.devices()), ['Laptop', 'Phone']);
});

test('revisions of an entity are all that are known of it, the oldest first', (t) => {
  const store = openTestStore(t);
  const other = otherDevice();
  const id = addNote(store, { text: 'first' }, startMs);
  const first = store.entities.read('note', id)?.heads ?? [];
  receive(store, [
    other.make(change('note', id, noteValue({ text: 'between' }), { parents: first }), startMs + 1),
  ]);
  append(
    store,
    [change('note', id, noteValue({ text: 'last' }), { parents: first, deleted: true })],
    startMs + 2,
  );
  append(store, [change('file', id, fileValue('of the same id'))], startMs + 3);
  const known = store.entities.revisions('note', id);
  assert.deepEqual(
    known.map(({ operation }) => [operation.value.text, operation.deleted]),
    [
      ['first', false],
      ['between', false],
      ['last', true],
    ],
  );
  assert.deepEqual([known[0]?.id], first);
  assert.deepEqual(store.entities.revisions('space', id), []);
});

test('reads of one moment do not see what another process records meanwhile', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const [store, other] = [openSqlite(path), openSqlite(path)].map((database) => {
    const opened = createStore({ database, randomBytes });
    t.after(opened.close);
    return opened;
  });
  assert.ok(store !== undefined && other !== undefined);
  const seen = store.entities.inOneMoment(() => {
    const before = store.entities.count().notes;
    addNote(other, { name: 'meanwhile' });
    return [before, store.entities.count().notes];
  });
  assert.deepEqual([seen, store.entities.count().notes], [[0, 0], 1]);
});
