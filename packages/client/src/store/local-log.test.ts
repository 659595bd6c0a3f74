import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { limits, utf8ToBytes, uuidToBytes, type EntityId, type LogId } from '@dataans/core';
import type { LocalRevision, QuarantineReason, ReceivedOperation } from './local-log.ts';
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
  startMs,
  testCursor,
  toReceived,
  toRevision,
  toRevisions,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

const everything = { operations: 1_000, bytes: limits.batchBytesMax };

function newNote(text = 'text') {
  return change('note', randomUuid<EntityId>(), noteValue({ text }));
}

test('what a device tells of itself waits to be sent, and is no change that a person counts', (t) => {
  const store = openTestStore(t);
  const device = randomUuid<EntityId>();
  append(store, [newNote(), change('device', device, { name: 'Laptop' })], startMs);
  assert.deepEqual([store.log.outboxCount(), store.log.outboxChanges()], [2, 1]);
  assert.deepEqual(
    store.log.outbox(everything).map(({ kind }) => kind),
    ['note', 'device'],
  );
});

function expectNothing(store: Store): void {
  assert.equal(store.log.operationCount(), 0);
  assert.equal(store.log.outboxCount(), 0);
  assert.equal(store.entities.count().notes, 0);
  assert.equal(store.log.writer().n, 0);
  assert.equal(store.log.cursor(), null);
}

test('[STO-1] an operation, its state, its place in the outbox and the number are stored together', (t) => {
  const store = openTestStore(t);
  const [revision] = append(store, [newNote('a')], startMs);
  assert.equal(store.log.writer().n, 1);
  assert.deepEqual(store.log.writer().last, { at: startMs, c: 0 });
  assert.equal(store.log.outboxCount(), 1);
  const [note] = store.entities.notes();
  assert.equal(note?.value.text, 'a');
  assert.deepEqual(note?.heads, [revision?.id]);
  assert.equal(note?.backedUp, false);
});

const reading = { last: { at: startMs, c: 1 }, nowMs: startMs };

test('[STO-1] where one operation of a batch fails nothing of the batch is stored', (t) => {
  const store = openTestStore(t);
  const [first, second] = toRevisions(store, [newNote(), newNote()], startMs);
  assert.ok(first !== undefined && second !== undefined);
  assert.throws(
    () => store.log.append([first, { ...second, id: first.id }], store.log.writer(), reading),
    /recorded before/,
  );
  expectNothing(store);
});

test('[STO-2] a batch that was planned before another one is refused', (t) => {
  const store = openTestStore(t);
  const seen = store.log.writer();
  const planned = toRevisions(store, [newNote()], startMs);
  append(store, [newNote()], startMs);
  assert.equal(store.log.append(planned, seen, reading), false);
  assert.equal(store.log.operationCount(), 1);
});

test('[STO-2] a batch that was planned before the clock moved on is refused', (t) => {
  const store = openTestStore(t);
  const seen = store.log.writer();
  const planned = toRevisions(store, [newNote()], startMs);
  receive(store, [otherDevice().make(newNote(), startMs + 1_000)], startMs);
  assert.deepEqual(store.log.writer().last, { at: startMs + 1_000, c: 0 });
  assert.equal(store.log.append(planned, seen, reading), false);
});

test('[STO-2] a batch with a hole in its numbers is a mistake and is not stored', (t) => {
  const store = openTestStore(t);
  const [first, , third] = toRevisions(store, [newNote(), newNote(), newNote()], startMs);
  assert.ok(first !== undefined && third !== undefined);
  assert.throws(() => store.log.append([first, third], store.log.writer(), reading), /not the next one/);
  expectNothing(store);
});

test('[STO-3] a page and its cursor are stored together', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const outcome = receive(store, [device.make(newNote('a'), 1), device.make(newNote('b'), 2)]);
  assert.equal(outcome.received, 2);
  assert.equal(outcome.merged, 0);
  assert.deepEqual(
    outcome.changed.map(({ kind }) => kind),
    ['note', 'note'],
  );
  assert.deepEqual(store.log.cursor(), testCursor(2));
  assert.equal(store.entities.count().notes, 2);
  assert.equal(store.log.outboxCount(), 0);
});

test('[STO-3] a page that does not follow the cursor is refused whole', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  receive(store, [device.make(newNote(), 1)]);
  const next = device.make(newNote(), 2);
  assert.throws(() => store.log.applyPage([toReceived(next, 3)], testCursor(3), startMs), {
    code: 'integrity',
  });
  assert.throws(
    () => store.log.applyPage([toReceived(next, 2)], { ...testCursor(2), log: randomUuid<LogId>() }, startMs),
    { code: 'integrity' },
  );
  assert.deepEqual(store.log.cursor(), testCursor(1));
  assert.equal(store.log.operationCount(), 1);
});

test('[STO-3] an operation that comes again is not stored again', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(newNote(), 1);
  receive(store, [revision]);
  store.log.rewind(testCursor(0));
  assert.deepEqual(receive(store, [revision]), {
    received: 0,
    changes: 0,
    merged: 0,
    quarantined: 0,
    changed: [],
  });
  assert.equal(store.log.operationCount(), 1);
  assert.deepEqual(store.log.cursor(), testCursor(1));
});

test('[STO-3] an own operation that comes back leaves the outbox', (t) => {
  const store = openTestStore(t);
  const [mine, other] = append(store, [newNote(), newNote()], startMs);
  assert.ok(mine !== undefined && other !== undefined);
  assert.equal(receive(store, [mine]).received, 0);
  assert.deepEqual(
    store.log.outbox(everything).map(({ id }) => id),
    [uuidToBytes(other.id)],
  );
});

test('[SYN-21] a pruned entry is the operation that is here with its hash, and owed where none is', (t) => {
  const store = openTestStore(t);
  const [mine, other] = append(store, [newNote(), newNote()], startMs);
  const [unknown] = [otherDevice().make(newNote(), 1)];
  assert.ok(mine !== undefined && other !== undefined);
  const pruned = (seq: number, { id }: LocalRevision, { envelope }: LocalRevision): ReceivedOperation => ({
    seq,
    id: uuidToBytes(id),
    envelope: null,
    prunedHash: createHash('sha256').update(envelope).digest(),
    opened: { ok: false, code: 'pruned' },
  });
  const page = [pruned(1, mine, mine), pruned(2, other, mine), pruned(3, unknown, unknown)];
  const outcome = store.log.applyPage(page, testCursor(3), startMs);
  assert.deepEqual([outcome.received, outcome.quarantined], [0, 2]);
  assert.deepEqual(
    store.log.quarantine().map(({ id, seq, reason, bytes }) => [id, seq, reason, bytes]),
    [
      [other.id, 2, 'other-bytes', null],
      [unknown.id, 3, 'withheld', null],
    ],
  );
  assert.deepEqual(
    store.log.outbox(everything).map(({ id }) => id),
    [uuidToBytes(other.id)],
    'what the server does not prove to have waits',
  );
  receive(store, [unknown]);
  assert.deepEqual(store.log.quarantineCounts(), { 'other-bytes': 1 }, 'it has been met');
});

test('the outbox is read in order within bounds, but never stops at a large operation', (t) => {
  const store = openTestStore(t);
  append(store, [newNote('x'.repeat(5_000)), newNote(), newNote()], startMs);
  const sizes = store.log.outbox(everything).map(({ envelope }) => envelope.length + limits.frameHeaderBytes);
  const [large = 0, small = 0] = sizes;
  assert.equal(store.log.outbox({ operations: 2, bytes: Infinity }).length, 2);
  assert.equal(store.log.outbox({ operations: 9, bytes: 1 }).length, 1);
  assert.equal(store.log.outbox({ operations: 9, bytes: large + small - 1 }).length, 1);
  assert.equal(store.log.outbox({ operations: 9, bytes: large + small }).length, 2);
});

test('[FIL-1] a file waits in the outbox until its chunks are said to be on the server, and a note does not', (t) => {
  const store = openTestStore(t);
  const chunk = 'ab'.repeat(32);
  const packed = Buffer.from(chunk, 'hex').toString('base64url');
  const file = change('file', randomUuid<EntityId>(), { name: 'a', bytes: 5, chunks: packed });
  append(store, [newNote(), file], startMs);
  const sendable = (files: readonly number[]) => {
    const ready = new Set(files);
    const places = store.log.outbox({ ...everything, files: ready }).map(({ place }) => place);
    assert.equal(store.log.outboxCount(ready), places.length);
    return places;
  };
  assert.deepEqual(sendable([]), [1]);
  assert.deepEqual(sendable([2]), [1, 2]);
  assert.equal(store.log.outboxCount(), 2);
  assert.deepEqual(store.log.waitingFiles(0, 9), [
    { place: 2, file: file.id, bytes: 5, chunks: [chunk], madeHere: true },
  ]);
  assert.deepEqual(store.log.waitingFiles(2, 9), []);
});

test('[STO-7] every new store is a device of its own', (t) => {
  assert.notEqual(openTestStore(t).log.writer().device, openTestStore(t).log.writer().device);
});

test('[STO-7] a store that meets an unknown operation of its own device goes on as another device', (t) => {
  const store = openTestStore(t);
  append(store, [newNote('kept')], startMs);
  const { device } = store.log.writer();
  const elsewhere = otherDevice(device).make(newNote('made by the copy'), startMs + 5);
  receive(store, [elsewhere], startMs + 10);
  const fresh = store.log.writer();
  assert.notEqual(fresh.device, device);
  assert.deepEqual([fresh.n, fresh.last.at], [0, startMs + 5]);
  assert.equal(store.log.outboxCount(), 1);
  assert.equal(store.entities.count().notes, 2);
  append(store, [newNote()], startMs + 20);
});

test('[STO-10] what cannot be used is kept and counted once, and the cursor moves on', (t) => {
  const store = openTestStore(t);
  const id = randomUuid<LocalRevision['id']>();
  const unusable = (seq: number, code: QuarantineReason) =>
    ({ seq, id: uuidToBytes(id), envelope: utf8ToBytes('?'), opened: { ok: false, code } }) as const;
  assert.equal(store.log.applyPage([unusable(1, 'unknown-key')], testCursor(1), startMs).quarantined, 1);
  assert.equal(store.log.applyPage([unusable(2, 'unknown-key')], testCursor(2), startMs).quarantined, 0);
  assert.deepEqual(
    store.log.quarantine().map(({ id: kept, seq, reason, bytes }) => [kept, seq, reason, bytes]),
    [[id, 1, 'unknown-key', 1]],
  );
  assert.deepEqual(store.log.cursor(), testCursor(2));
  assert.equal(store.log.operationCount(), 0);
});

test('[STO-10] other bytes under a known id are kept aside and ours stay', (t) => {
  const store = openTestStore(t);
  const ours = otherDevice().make(newNote('ours'), 1);
  receive(store, [ours]);
  const theirs = toRevision({ ...ours.operation, at: 2 }, ours.id);
  assert.equal(receive(store, [theirs]).quarantined, 1);
  assert.deepEqual(
    store.log.quarantine().map(({ id, reason }) => ({ id, reason })),
    [{ id: ours.id, reason: 'other-bytes' }],
  );
  assert.deepEqual([...store.entities.notes()][0]?.editedAt, 1);
});

test('[STO-10] an operation that the log has a second time is kept aside, in one page and in two', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const [first, second] = [device.make(newNote(), 1), device.make(newNote(), 2)];
  receive(store, [first]);
  append(store, [newNote()], startMs);
  assert.deepEqual(receive(store, [first, second, second]).quarantined, 2);
  assert.deepEqual(
    store.log.quarantine().map(({ id, seq, reason }) => ({ id, seq, reason })),
    [
      { id: first.id, seq: 2, reason: 'repeated' },
      { id: second.id, seq: 4, reason: 'repeated' },
    ],
  );
  assert.deepEqual(
    store.log.listEntries(0, 9).map(({ seq, id }) => [seq, id]),
    [
      [1, first.id],
      [3, second.id],
    ],
  );
  assert.equal(store.log.outboxCount(), 1);
});

test('[STO-10] an operation that can be used when it comes again leaves the quarantine', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(newNote(), 1);
  const closed = { ...toReceived(revision, 1), opened: { ok: false, code: 'unknown-key' } } as const;
  store.log.applyPage([closed], testCursor(1), startMs);
  assert.equal(receive(store, [revision]).received, 1);
  assert.deepEqual(store.log.quarantine(), []);
  assert.equal(store.entities.count().notes, 1);
});

test('[STO-11] two operations with the same number are both used', (t) => {
  const store = openTestStore(t);
  const device = randomUuid<ReturnType<typeof otherDevice>['device']>();
  const [one, two] = [otherDevice(device), otherDevice(device)];
  receive(store, [one.make(newNote('one'), 1), two.make(newNote('two'), 1)]);
  assert.deepEqual([...store.entities.notes()].map(({ value }) => value.text).toSorted(), ['one', 'two']);
});

test('[STO-11] a missing number of a device shows until it comes', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const revisions = [1, 2, 3].map((ms) => device.make(newNote(), ms));
  const [first, second, third] = revisions;
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  receive(store, [first, third]);
  assert.deepEqual(store.log.holes(), [
    { device: device.device, highest: 3, missing: 1, runs: [{ first: 2, last: 2 }] },
  ]);
  receive(store, [second]);
  assert.deepEqual(store.log.holes(), []);
});

test('[STO-11] missing numbers are told in runs, of every device that has some', (t) => {
  const store = openTestStore(t);
  const devices = [otherDevice(), otherDevice()].toSorted((left, right) =>
    left.device < right.device ? -1 : 1,
  );
  const holes = devices.map(({ device, make }) => {
    const revisions = Array.from({ length: 9 }, (_, index) => make(newNote(), index + 1));
    receive(
      store,
      revisions.filter((_, index) => [2, 3, 6, 8].includes(index)),
    );
    return { device, highest: 9, missing: 5 };
  });
  const runs = [
    { first: 1, last: 2 },
    { first: 5, last: 6 },
    { first: 8, last: 8 },
  ];
  assert.deepEqual(
    store.log.holes(),
    holes.map((hole) => ({ ...hole, runs })),
  );
});

/** What another device has recorded of files and notes, as one that holds the files back for their chunks sends it. */
function recordBesideFiles(t: TestContext) {
  const theirs = openTestStore(t);
  const file = () => change('file', randomUuid<EntityId>(), fileValue('film'));
  const [film, withFilm] = append(theirs, [file(), newNote('with a film')], startMs);
  const [later] = append(theirs, [newNote('later')], startMs);
  const [photo, withPhoto] = append(theirs, [file(), newNote('with a photo')], startMs);
  const places = theirs.log.outbox(everything).map(({ place }) => place);
  theirs.log.acknowledge(places, null);
  const [afterwards] = append(theirs, [newNote('afterwards')], startMs);
  const all = [film, withFilm, later, photo, withPhoto, afterwards];
  return all.map((revision) => {
    assert.ok(revision !== undefined);
    return revision;
  });
}

test('[OPR-8] what is recorded says from which number on files may come later, until they are sent', (t) => {
  const recorded = recordBesideFiles(t).map(({ operation }) => [operation.n, operation.waits ?? null]);
  assert.deepEqual(recorded, [
    [1, null],
    [2, 1],
    [3, 1],
    [4, 1],
    [5, 1],
    [6, null],
  ]);
});

test('[OPR-8] [STO-11] a file that follows later is no hole, and one that was sent and does not come is one', (t) => {
  const [film, withFilm, later, photo, withPhoto, afterwards] = recordBesideFiles(t);
  assert.ok(film && withFilm && later && photo && withPhoto && afterwards);
  const store = openTestStore(t);
  const missing = () => store.log.holes().flatMap(({ runs }) => runs.map(({ first, last }) => [first, last]));
  receive(store, [withFilm, later]);
  assert.deepEqual(missing(), []);
  receive(store, [withPhoto]);
  assert.deepEqual(missing(), []);
  receive(store, [film]);
  assert.deepEqual(missing(), []);
  receive(store, [afterwards]);
  assert.deepEqual(missing(), [[4, 4]]);
  receive(store, [photo]);
  assert.deepEqual(missing(), []);
});

test('[OPR-8] an earlier operation that comes late excuses nothing', (t) => {
  const [film, withFilm, later, photo, withPhoto, afterwards] = recordBesideFiles(t);
  assert.ok(film && withFilm && later && photo && withPhoto && afterwards);
  const store = openTestStore(t);
  receive(store, [afterwards, withFilm]);
  receive(store, [film, later]);
  assert.deepEqual(
    store.log.holes().map(({ runs }) => runs),
    [[{ first: 4, last: 5 }]],
  );
});

test('[STO-11] a number that was used twice does not make up for a missing one', (t) => {
  const store = openTestStore(t);
  const device = randomUuid<ReturnType<typeof otherDevice>['device']>();
  const [one, two] = [otherDevice(device), otherDevice(device)];
  const made = [1, 2, 3].map((ms) => one.make(newNote(), ms));
  receive(store, [...made.filter((_, index) => index !== 1), two.make(newNote(), 4)]);
  assert.deepEqual(store.log.holes(), [{ device, highest: 3, missing: 1, runs: [{ first: 2, last: 2 }] }]);
});

test('[STO-12] a received file is incomplete until it is marked, one that was made here is not', (t) => {
  const store = openTestStore(t);
  const theirs = numberedUuid<EntityId>('f11e', 1);
  const mine = change('file', numberedUuid<EntityId>('f11e', 2), fileValue('mine'));
  const device = otherDevice();
  append(store, [mine], startMs);
  const created = device.make(change('file', theirs, fileValue('theirs')), 1);
  receive(store, [created]);
  const incomplete = () => store.files.incomplete().map(({ value }) => value.name);
  assert.deepEqual(incomplete(), ['theirs']);
  store.files.markComplete([theirs]);
  assert.deepEqual(incomplete(), []);
  const renamed = device.make(change('file', theirs, fileValue('new'), { parents: [created.id] }), 2);
  receive(store, [renamed]);
  assert.deepEqual(incomplete(), ['new']);
  const deleted = { parents: [renamed.id], deleted: true };
  receive(store, [device.make(change('file', theirs, fileValue('new'), deleted), 3)]);
  assert.deepEqual(incomplete(), []);
});

test('facts are kept', (t) => {
  const store = openTestStore(t);
  assert.equal(store.facts.read('last-sync'), null);
  store.facts.write('last-sync', 'one');
  store.facts.write('last-sync', 'two');
  assert.equal(store.facts.read('last-sync'), 'two');
});

test('a merge of what two devices made apart is counted', (t) => {
  const store = openTestStore(t);
  const note = randomUuid<EntityId>();
  const base = otherDevice().make(change('note', note, noteValue({ text: 'a\nb\n' })), 1);
  const sides = ['A\nb\n', 'a\nB\n'].map((text) =>
    otherDevice().make(change('note', note, noteValue({ text }), { parents: [base.id] }), 2),
  );
  assert.equal(receive(store, [base]).merged, 0);
  assert.equal(receive(store, sides).merged, 1);
  const merged = store.entities.read('note', note);
  assert.equal(merged?.value.text, 'A\nB\n');
  assert.deepEqual([...(merged?.heads ?? [])].toSorted(), sides.map(({ id }) => id).toSorted());
});

test('what a page makes, names and changes is told once, whatever comes first', (t) => {
  const [a, b] = [otherDevice(), otherDevice()];
  const [space, note] = [randomUuid<EntityId>(), randomUuid<EntityId>()];
  const made = a.make(change('note', note, noteValue({ space, text: 'a\n' })), 1);
  const page = [
    made,
    a.make(change('space', space, { name: 'named before it was made', folder: null }), 2),
    b.make(change('note', note, noteValue({ space, text: 'made apart\n' })), 3),
    a.make(change('note', note, noteValue({ space, text: 'b\n' }), { parents: [made.id] }), 4),
    b.make(change('space', space, { name: 'made twice', folder: null }), 5),
  ];
  for (const revisions of [page, page.toReversed()]) {
    const store = openTestStore(t);
    const { received, merged, changed } = receive(store, revisions);
    assert.deepEqual([received, merged], [5, 2]);
    assert.deepEqual(changed.map(({ id }) => id).toSorted(), [space, note].toSorted());
    assert.deepEqual(
      [...store.entities.notes({ space })].map(({ id }) => id),
      [note],
    );
    assert.match(store.entities.read('note', note)?.value.text ?? '', /made apart\n/);
  }
});
