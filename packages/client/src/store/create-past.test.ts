import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId, OperationId } from '@dataans/core';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  receive,
  spaceId,
  startMs,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

const notes = [1, 2, 3, 4].map((number) => numberedUuid<EntityId>('0e7e', number));

function parents(
  store: Store,
  kind: 'note' | 'space',
  id: EntityId,
): { readonly parents: readonly OperationId[] } {
  return { parents: store.entities.read(kind, id)?.heads ?? [] };
}

function writeAll(store: Store): void {
  append(store, [change('space', spaceId, { name: 'Inbox', folder: null })], startMs);
  append(
    store,
    notes.map((id, number) => change('note', id, noteValue({ text: `${number}` }))),
    startMs,
  );
}

function remove(store: Store, kind: 'note' | 'space', id: EntityId, nowMs: number): void {
  const known = store.entities.read(kind, id);
  assert.ok(known !== null);
  append(store, [change(kind, id, known.value as never, { parents: known.heads, deleted: true })], nowMs);
}

test('[HIS-11] what is deleted is listed, the latest first, and what lives is not', (t) => {
  const store = openTestStore(t);
  writeAll(store);
  for (const [index, id] of notes.slice(0, 3).entries())
    remove(store, 'note', id, startMs + 1_000 * (index + 1));
  const [first = spaceId, second = spaceId, third = spaceId, fourth = spaceId] = notes;
  const listed = (space?: EntityId): readonly EntityId[] =>
    Array.from(store.past.deletedNotes(space === undefined ? {} : { space }), ({ id }) => id);
  assert.deepEqual(listed(), [third, second, first]);
  assert.deepEqual(listed(spaceId), [third, second, first]);
  assert.deepEqual(listed(numberedUuid<EntityId>('5face', 9)), []);
  remove(store, 'space', spaceId, startMs + 9_000);
  assert.deepEqual(store.past.deletedSpaces(), []); // A note still lives in it. // MRG-7
  remove(store, 'note', fourth, startMs + 10_000);
  assert.deepEqual(
    store.past.deletedSpaces().map(({ id }) => id),
    [spaceId],
  );
  assert.deepEqual(store.past.notesOf(spaceId), notes);
});

test('an id of something deleted may be shortened too', (t) => {
  const store = openTestStore(t);
  writeAll(store);
  const [first = spaceId] = notes;
  remove(store, 'note', first, startMs + 1);
  assert.deepEqual(store.entities.findByPrefix('note', first), []);
  assert.deepEqual(store.past.findByPrefix('note', first.slice(0, 8)), notes);
  assert.deepEqual(store.past.findByPrefix('note', first), [first]);
  assert.deepEqual(store.past.findByPrefix('note', 'no id'), []);
});

test('[HIS-2] what has no current revision after a time is not among what changed since', (t) => {
  const store = openTestStore(t);
  writeAll(store);
  const [first = spaceId, second = spaceId] = notes;
  append(
    store,
    [change('note', second, noteValue({ text: 'x' }), parents(store, 'note', second))],
    startMs + 100,
  );
  remove(store, 'note', first, startMs + 200);
  assert.deepEqual(store.past.changedAfter('note', startMs + 99), [first, second]);
  assert.deepEqual(store.past.changedAfter('note', startMs + 100), [first]);
  assert.deepEqual(store.past.changedAfter('note', startMs + 200), []);
  assert.deepEqual(store.past.changedAfter('note', -1), notes);
});

test('[GRD-1] of the notes that lived, those count as removed that deletions of other devices took', (t) => {
  const store = openTestStore(t);
  writeAll(store);
  const other = otherDevice();
  const gone = numberedUuid<EntityId>('0e7e', 8);
  append(store, [change('note', gone, noteValue())], startMs);
  const { parents: onGone } = parents(store, 'note', gone);
  remove(store, 'note', gone, startMs);
  const [first = spaceId, second = spaceId, third = spaceId, fourth = spaceId] = notes;
  const before = store.log.operationCount();
  assert.deepEqual(store.past.removals(before), { removed: 0, firstAt: null });
  assert.equal(store.past.countLeft(before), 4);

  const deletion = (id: EntityId, nowMs: number) =>
    other.make(change('note', id, noteValue(), { ...parents(store, 'note', id), deleted: true }), nowMs);
  const fresh = numberedUuid<EntityId>('0e7e', 9);
  const created = other.make(change('note', fresh, noteValue()), startMs + 5);
  const unseen = other.make(change('note', fourth, noteValue(), { deleted: true }), startMs + 6);
  receive(
    store,
    [
      deletion(second, startMs + 7),
      deletion(first, startMs + 8),
      created,
      other.make(change('note', fresh, noteValue(), { parents: [created.id], deleted: true }), startMs + 9),
      unseen,
      other.make(change('note', gone, noteValue(), { parents: onGone, deleted: true }), startMs + 2),
    ],
    startMs + 30,
  );
  remove(store, 'note', third, startMs + 1);
  // The one that was gone was so before, the third was deleted here, the fourth lives by an edit that its deletion had not seen, and the fresh one is new.
  assert.deepEqual(store.past.removals(before), { removed: 2, firstAt: startMs + 7 });
  assert.equal(store.past.countLeft(before), 1);
  // The deletion that the edit overruled took nothing: the later one did.
  receive(store, [deletion(fourth, startMs + 20)], startMs + 30);
  assert.deepEqual(store.past.removals(before), { removed: 3, firstAt: startMs + 7 });
  assert.deepEqual(store.past.removals(0), { removed: 0, firstAt: null });
  assert.deepEqual(store.past.removals(store.log.operationCount()), { removed: 0, firstAt: null });
});

test('[HIS-17] days are counted on which notes were made or last changed, of a space or of all', (t) => {
  const store = openTestStore(t);
  writeAll(store); // On 1 January, in UTC.
  const [first = spaceId, second = spaceId] = notes;
  const dayMs = 24 * 60 * 60_000;
  append(
    store,
    [change('note', first, noteValue({ text: 'more' }), parents(store, 'note', first))],
    startMs + dayMs,
  );
  remove(store, 'note', second, startMs + 2 * dayMs);
  const expected = [
    { day: '2026-01-01', changes: 4 },
    { day: '2026-01-02', changes: 1 },
    { day: '2026-01-03', changes: 1 },
  ];
  assert.deepEqual(store.past.changedDays(null, 'UTC'), expected);
  assert.deepEqual(store.past.changedDays(spaceId, 'UTC'), expected);
  assert.deepEqual(store.past.changedDays(first, 'UTC'), []);
  assert.equal(store.past.changedDays(null, 'America/New_York')[0]?.day, '2025-12-31');
});
