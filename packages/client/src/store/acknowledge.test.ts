import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, type EntityId } from '@dataans/core';
import {
  append,
  change,
  noteValue,
  openTestStore,
  otherDevice,
  randomUuid,
  receive,
  startMs,
  testCursor,
} from '../testing/test-store.ts';

const everything = { operations: 1_000, bytes: limits.batchBytesMax };

function newNote() {
  return change('note', randomUuid<EntityId>(), noteValue());
}

test('[STO-4] acknowledged operations leave the outbox, and move the cursor where they follow it', (t) => {
  const store = openTestStore(t);
  receive(store, [otherDevice().make(newNote(), 1)]);
  append(store, [newNote(), newNote(), newNote()], startMs);
  const [first, second, third] = store.log.outbox(everything).map(({ place }) => place);
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  store.log.acknowledge([first, second], testCursor(3));
  assert.deepEqual(store.log.cursor(), testCursor(3));
  assert.deepEqual(
    store.log.outbox(everything).map(({ place }) => place),
    [third],
  );
  store.log.acknowledge([third], null);
  assert.deepEqual(store.log.cursor(), testCursor(3));
  assert.equal(store.log.outboxCount(), 0);
  assert.ok([...store.entities.notes()].every(({ backedUp }) => backedUp));
});

test('[STO-4] an acknowledgement that does not follow the cursor changes nothing', (t) => {
  const store = openTestStore(t);
  append(store, [newNote()], startMs);
  const places = store.log.outbox(everything).map(({ place }) => place);
  assert.throws(() => store.log.acknowledge(places, testCursor(5)), { code: 'integrity' });
  assert.equal(store.log.outboxCount(), 1);
  assert.equal(store.log.cursor(), null);
});

test('[STO-4] what a page has brought is acknowledged as no other entry, and nothing of that batch is stored', (t) => {
  const store = openTestStore(t);
  append(store, [newNote(), newNote()], startMs);
  const waiting = (): readonly number[] => store.log.outbox(everything).map(({ place }) => place);
  const places = waiting();
  store.log.acknowledge(places.slice(0, 1), testCursor(1)); // As a page does that brings it.
  assert.throws(() => store.log.acknowledge(places, testCursor(3)), { code: 'integrity' });
  assert.deepEqual(store.log.cursor(), testCursor(1));
  assert.deepEqual(waiting(), places.slice(1));
});

test('[STO-4] only the acknowledged ones leave, also where others lie between them', (t) => {
  const store = openTestStore(t);
  append(store, [newNote(), newNote(), newNote(), newNote()], startMs);
  store.log.acknowledge([1, 3], testCursor(2));
  assert.deepEqual(
    store.log.outbox(everything).map(({ place }) => place),
    [2, 4],
  );
});
