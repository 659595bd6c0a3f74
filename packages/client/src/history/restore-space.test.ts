import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { DeviceId, EntityId } from '@dataans/core';
import { openTestNotes, type TestNotes } from '../testing/test-notes.ts';
import { change, noteValue, numberedUuid } from '../testing/test-store.ts';
import { findDeletedWith, type NoteOfSpace } from './find-deleted-with.ts';
import { countChanges } from './restore-report.ts';
import { restoreSpace } from './restore-space.ts';

async function openNotes(t: TestContext, like?: TestNotes) {
  const device = await openTestNotes(t, like?.keyring);
  const here = { entities: device.entities, past: device.store.past, notebook: device.notebook };
  return {
    ...device,
    restore: (space: EntityId, signal?: AbortSignal) =>
      restoreSpace(here, space, signal === undefined ? {} : { signal }),
    texts: (): readonly string[] => Array.from(device.entities.notes(), ({ value }) => value.text).toSorted(),
    spaceNames: (): readonly string[] => device.entities.spaces().map(({ space }) => space.value.name),
    addMany: (space: EntityId, count: number) =>
      device.notebook.record(() =>
        Array.from({ length: count }, (_, number) =>
          change('note', numberedUuid<EntityId>('a11', number), noteValue({ space, text: `${number}` })),
        ),
      ),
  };
}

test('[HIS-10] a deleted space comes back with what was deleted with it, and with nothing that was deleted before', async (t) => {
  const { notebook, restore, texts, spaceNames } = await openNotes(t);
  const space = await notebook.addSpace('Recipes');
  const before = await notebook.addNote({ space: space.id, text: 'deleted before' });
  await notebook.addNote({ space: space.id, text: 'soup' });
  await notebook.addNote({ space: space.id, text: 'bread' });
  await notebook.removeNote(before);
  await notebook.removeSpace(space.id);
  assert.deepEqual(spaceNames(), []);
  const report = await restore(space.id);
  assert.deepEqual([report.spaces.restored, report.notes.restored], [1, 2]);
  assert.deepEqual([texts(), spaceNames()], [['bread', 'soup'], ['Recipes']]);
  assert.equal(countChanges(await restore(space.id)), 0);
});

test('[HIS-10] so does a space that took several transactions to delete, and what was interrupted goes on', async (t) => {
  const { notebook, restore, texts, addMany, spaceNames } = await openNotes(t);
  const space = await notebook.addSpace('Many');
  const before = await notebook.addNote({ space: space.id, text: 'deleted before' });
  await notebook.removeNote(before);
  await addMany(space.id, 2_300);
  await notebook.removeSpace(space.id);
  assert.deepEqual(texts(), []);
  const stop = new AbortController();
  const restoring = restore(space.id, stop.signal);
  stop.abort();
  await assert.rejects(restoring, { name: 'AbortError' });
  assert.equal(texts().length, 500);
  assert.equal((await restore(space.id)).notes.restored, 1_800);
  assert.equal(texts().length, 2_300);
  assert.deepEqual(spaceNames(), ['Many']);
});

test('[HIS-10] a space that two devices deleted comes back with what either of them deleted with it', async (t) => {
  const one = await openNotes(t);
  const other = await openNotes(t, one);
  const space = await one.notebook.addSpace('Recipes');
  await one.notebook.addNote({ space: space.id, text: 'known to both' });
  await other.receiveFrom(one);
  await one.notebook.addNote({ space: space.id, text: 'known to one' });
  await other.notebook.addNote({ space: space.id, text: 'known to the other' });
  await one.notebook.removeSpace(space.id);
  await other.notebook.removeSpace(space.id);
  await one.receiveFrom(other);
  assert.deepEqual(one.texts(), []);
  await one.restore(space.id);
  assert.deepEqual(one.texts(), ['known to both', 'known to one', 'known to the other']);
});

test('[HIS-10] a space that lives, and one that nobody knows, stay as they are', async (t) => {
  const { notebook, restore } = await openNotes(t);
  const space = await notebook.addSpace('Recipes');
  assert.equal(countChanges(await restore(space.id)), 0);
  assert.equal(countChanges(await restore(numberedUuid<EntityId>('5face', 9))), 0);
});

test('[HIS-10] transactions before the last count as long as they are full', () => {
  const device = numberedUuid<DeviceId>('de71ce', 1);
  const stranger = numberedUuid<DeviceId>('de71ce', 2);
  const deletedAt = (from: number, count: number, at: number, by = device): readonly NoteOfSpace[] =>
    Array.from({ length: count }, (_, index) => {
      const deletions = [{ device: by, n: from + index, at }];
      return { id: numberedUuid<EntityId>('a11', from + index), deletions, deletedBy: deletions };
    });
  const restored = deletedAt(1_000, 1_000, 30).map((note) => ({ ...note, deletedBy: [] }));
  const notes = [
    ...deletedAt(0, 999, 10),
    ...deletedAt(5_000, 1, 10, stranger),
    ...restored,
    ...deletedAt(2_000, 1_000, 40),
    ...deletedAt(3_000, 5, 50),
    ...deletedAt(4_000, 3, 50, stranger),
  ];
  const ids = findDeletedWith([{ device, n: 3_005, at: 50 }], notes);
  assert.deepEqual(
    ids,
    [...deletedAt(2_000, 1_000, 0), ...deletedAt(3_000, 5, 0)].map(({ id }) => id),
  );
});

test('[HIS-10] deletions by a clock that was behind are known by their numbers', () => {
  const device = numberedUuid<DeviceId>('de71ce', 1);
  const deleted = (n: number, at: number | null): NoteOfSpace => {
    const deletions = [{ device, n, at }];
    return { id: numberedUuid<EntityId>('a11', n), deletions, deletedBy: deletions };
  };
  const numbers = (notes: readonly NoteOfSpace[], n: number, at: number | null) => {
    const found = new Set(findDeletedWith([{ device, n, at }], notes));
    return notes.filter(({ id }) => found.has(id)).map(({ deletions: [first] }) => first?.n);
  };
  const notes = [deleted(1, 10), deleted(3, null), deleted(5, null), deleted(6, 20), deleted(7, null)];
  assert.deepEqual(numbers(notes, 8, 20), [5, 6, 7]);
  assert.deepEqual(numbers(notes, 8, null), [5, 6, 7]);
  assert.deepEqual(numbers(notes, 9, null), []);
});
