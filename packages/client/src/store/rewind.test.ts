import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, uuidToBytes, type EntityId, type LogId, type OperationId } from '@dataans/core';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  randomUuid,
  receive,
  startMs,
  testCursor,
  toReceived,
} from '../testing/test-store.ts';
import type { ReceivedOperation } from './local-log.ts';
import type { Store } from './store.ts';

const everything = { operations: 1_000, bytes: limits.batchBytesMax };

function newNote(text = 'text') {
  return change('note', randomUuid<EntityId>(), noteValue({ text }));
}

const places = (store: Store) => store.log.outbox(everything).map(({ place }) => place);

function made(count: number) {
  const device = otherDevice();
  return Array.from({ length: count }, (_, index) => device.make(newNote(`${index}`), index + 1));
}

test('[STO-15] a rewind puts back into the outbox what followed, and nothing else', (t) => {
  const store = openTestStore(t);
  const revisions = made(6);
  for (const end of [2, 4, 6]) receive(store, revisions.slice(end - 2, end));
  append(store, [newNote()], startMs);
  store.log.rewind(testCursor(2));
  assert.deepEqual(store.log.cursor(), testCursor(2));
  assert.deepEqual(places(store), [3, 4, 5, 6, 7]);
  assert.deepEqual([store.log.countPositions(9), store.log.positionAt(1)], [1, null]);
  assert.deepEqual(
    store.log.listEntries(0, 9).map(({ seq }) => seq),
    [1, 2],
  );
  assert.equal(store.entities.count().notes, 7);
  const [, , third, fourth] = revisions;
  assert.ok(third !== undefined && fourth !== undefined);
  assert.deepEqual(receive(store, [fourth, third]), {
    received: 0,
    changes: 0,
    merged: 0,
    quarantined: 0,
    changed: [],
  });
  assert.deepEqual(places(store), [5, 6, 7]);
});

test('[STO-15] a rewind inside of a page divides what the page brought', (t) => {
  const store = openTestStore(t);
  receive(store, made(5));
  store.log.rewind(testCursor(3));
  assert.deepEqual(places(store), [4, 5]);
  assert.deepEqual(
    store.log.listEntries(1, 9).map(({ seq }) => seq),
    [2, 3],
  );
});

test('[STO-15] a rewind to the start of another log follows that log, again and again', (t) => {
  const store = openTestStore(t);
  const revisions = made(3);
  receive(store, revisions);
  for (const fill of [1, 2]) {
    const start = { log: randomUuid<LogId>(), seq: 0, chain: new Uint8Array(32).fill(fill) };
    store.log.rewind(start);
    assert.deepEqual(store.log.cursor(), start);
    assert.deepEqual(places(store), [1, 2, 3]);
    const [first] = revisions;
    assert.ok(first !== undefined);
    store.log.applyPage([toReceived(first, 1)], { ...start, seq: 1 }, startMs);
    assert.deepEqual(places(store), [2, 3]);
  }
});

test('[STO-25] what was kept aside behind a rewind is no entry any more, until it is met again', (t) => {
  const store = openTestStore(t);
  const ids = [1, 2].map((number) => uuidToBytes(numberedUuid<OperationId>('bad', number)));
  const unusable = (which: number, seq: number): ReceivedOperation => ({
    seq,
    id: ids[which] ?? new Uint8Array(16),
    envelope: Uint8Array.of(which),
    opened: { ok: false, code: 'not-authentic' },
  });
  const entries = () => store.log.quarantine().map(({ seq, bytes }) => [seq, bytes]);
  store.log.applyPage([unusable(0, 1), unusable(1, 2)], testCursor(2), startMs);
  store.log.rewind(testCursor(1));
  assert.deepEqual(entries(), [
    [0, 1],
    [1, 1],
  ]);
  receive(store, made(1));
  assert.equal(store.log.applyPage([unusable(1, 3)], testCursor(3), startMs).quarantined, 0);
  assert.deepEqual(entries(), [
    [1, 1],
    [3, 1],
  ]);
});

test('[STO-25] what repeated an entry is kept no more behind a rewind, and is kept aside where it is met again', (t) => {
  const store = openTestStore(t);
  const [first, second] = made(2);
  assert.ok(first !== undefined && second !== undefined);
  receive(store, [first, first, second, second]);
  const repeated = () => store.log.quarantine().map(({ id, seq }) => [id, seq]);
  store.log.rewind(testCursor(2));
  assert.deepEqual(repeated(), [[first.id, 2]]);
  assert.equal(receive(store, [second, second]).quarantined, 1);
  assert.deepEqual(repeated(), [
    [first.id, 2],
    [second.id, 4],
  ]);
  store.log.rewind(testCursor(0));
  assert.deepEqual(repeated(), []);
});

test('[STO-25] of several bytes under one id those of an entry of the followed log count', (t) => {
  const store = openTestStore(t);
  const id = numberedUuid<OperationId>('bad', 1);
  const unusable = (content: number): ReceivedOperation => ({
    seq: 1,
    id: uuidToBytes(id),
    envelope: Uint8Array.of(content),
    opened: { ok: false, code: 'unknown-key' },
  });
  store.log.applyPage([unusable(1)], testCursor(1), startMs);
  store.log.rewind(testCursor(0));
  assert.deepEqual(store.log.quarantinedEnvelope(id), Uint8Array.of(1));
  store.log.applyPage([unusable(2)], testCursor(1), startMs);
  assert.deepEqual(store.log.quarantinedEnvelope(id), Uint8Array.of(2));
});

test('[STO-15] a rewind that fails changes nothing', (t) => {
  const store = openTestStore(t);
  receive(store, made(3));
  // A log id that is none fails at the last statement of the transaction.
  const broken = { ...testCursor(1), log: 'no id' as LogId };
  assert.throws(() => store.log.rewind(broken));
  assert.deepEqual(store.log.cursor(), testCursor(3));
  assert.deepEqual(places(store), []);
});

test('remembered positions are numbered in the order of the log, and entries are listed in pieces', (t) => {
  const store = openTestStore(t);
  const revisions = made(7);
  for (const [start, end] of [
    [0, 1],
    [1, 4],
    [4, 7],
  ])
    receive(store, revisions.slice(start, end));
  assert.deepEqual(
    [0, 3, 4, 9].map((seq) => store.log.countPositions(seq)),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    [0, 1, 2].map((rank) => store.log.positionAt(rank)?.seq),
    [1, 4, 7],
  );
  assert.equal(store.log.positionAt(3), null);
  assert.deepEqual(
    store.log.listPositions(1, 7).map(({ seq }) => seq),
    [4, 7],
  );
  assert.deepEqual(
    [0, 2, 5].map((after) => store.log.listEntries(after, 2).map(({ seq }) => seq)),
    [
      [1, 2],
      [3, 4],
      [6, 7],
    ],
  );
  const ids = store.log.listEntries(0, 9).map(({ id }) => id);
  assert.deepEqual(
    ids,
    revisions.map(({ id }) => id),
  );
});

test('chunks of all revisions of files are named in pieces, each revision whole', (t) => {
  const store = openTestStore(t);
  const chunk = (digit: string): string => digit.repeat(64);
  const packed = (...digits: readonly string[]): string =>
    Buffer.from(digits.map(chunk).join(''), 'hex').toString('base64url');
  const id = randomUuid<EntityId>();
  const [first] = append(
    store,
    [change('file', id, { name: 'a', bytes: 5, chunks: packed('a', 'b') })],
    startMs,
  );
  assert.ok(first !== undefined);
  append(store, [newNote()], startMs + 1);
  const later = { name: 'a', bytes: 5, chunks: packed('c') };
  append(store, [change('file', id, later, { parents: [first.id], deleted: true })], startMs + 2);
  const named = (after: number, chunks: number) =>
    store.files.namedContents(after, chunks).map((content) => [content.place, ...content.chunks]);
  assert.deepEqual(named(0, 1), [[1, chunk('a'), chunk('b')]]);
  assert.deepEqual(named(1, 1), [[3, chunk('c')]]);
  assert.deepEqual(named(0, 9), [
    [1, chunk('a'), chunk('b')],
    [3, chunk('c')],
  ]);
  assert.deepEqual(named(3, 1), []);
});
