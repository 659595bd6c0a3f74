import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  limits,
  uuidToBytes,
  type DeviceId,
  type EntityId,
  type LogId,
  type OperationId,
} from '@dataans/core';
import fc from 'fast-check';
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
  testCursor,
  toReceived,
  toRevision,
} from '../testing/test-store.ts';
import type { LocalRevision, QuarantineReason, RetriableOperation } from './local-log.ts';
import type { Store } from './store.ts';

const everything = { operations: 1_000, bytes: limits.batchBytesMax };

/** The next page of the log, of which this program can use nothing. */
function keepAside(
  store: Store,
  revisions: readonly LocalRevision[],
  code: QuarantineReason = 'not-understood',
): void {
  const before = store.log.cursor()?.seq ?? 0;
  const page = revisions.map((revision, index) => ({
    ...toReceived(revision, before + 1 + index),
    opened: { ok: false, code } as const,
  }));
  store.log.applyPage(page, testCursor(before + revisions.length), startMs);
}

/** What a program gives that understands these. */
function open(retriable: readonly RetriableOperation[], revisions: readonly LocalRevision[]) {
  return retriable.map((retried) => {
    const revision = revisions.find(({ envelope }) => Buffer.compare(envelope, retried.envelope) === 0);
    if (revision === undefined) throw new TypeError('This is none of them.');
    const { encoded, operation } = revision;
    return { ...retried, opened: { ok: true, encoded, operation } as const };
  });
}

function retry(store: Store, revisions: readonly LocalRevision[]) {
  return store.log.applyRetried(open(store.log.retriable(everything), revisions), startMs);
}

function entries(store: Store): readonly unknown[] {
  return store.log.listEntries(0, 1_000).map(({ seq, id }) => [seq, id]);
}

const note = numberedUuid<EntityId>('0e7e', 1);

test('[STO-21] what can be used after all leaves the quarantine and is an operation like any other', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const first = device.make(change('note', note, noteValue({ text: 'first' })), startMs);
  const file = device.make(change('file', numberedUuid('f11e', 1), fileValue('file')), startMs);
  const second = device.make(
    change('note', note, noteValue({ text: 'second' }), { parents: [first.id] }),
    startMs,
  );
  keepAside(store, [first, file]);
  receive(store, [second]);
  assert.deepEqual(store.log.holes()[0]?.missing, 2);

  const outcome = retry(store, [first, file]);
  assert.deepEqual([outcome.received, outcome.merged, outcome.quarantined], [2, 0, 0]);
  assert.deepEqual(store.log.quarantine(), []);
  assert.deepEqual(store.log.holes(), []);
  assert.equal(store.entities.read('note', note)?.value.text, 'second');
  assert.deepEqual(
    store.entities.revisions('note', note).map(({ id }) => id),
    [first.id, second.id],
  );
  assert.equal(store.files.incomplete().length, 1);
  assert.equal(store.log.outboxCount(), 0);
  assert.deepEqual(entries(store), [
    [1, first.id],
    [2, file.id],
    [3, second.id],
  ]);
  store.log.rewind(testCursor(0));
  assert.equal(store.log.outboxCount(), 3, 'a server that has lost it gets it again');
});

test('[STO-21] what is none of the entries of the followed log waits in the outbox until it is met', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(change('note', note, noteValue()), startMs);
  keepAside(store, [revision]);
  store.log.rewind({ log: numberedUuid<LogId>('1a9', 2), seq: 0, chain: new Uint8Array(32) });
  assert.equal(retry(store, [revision]).received, 1);
  assert.equal(store.log.outboxCount(), 1);
  const cursor = { ...testCursor(1), log: numberedUuid<LogId>('1a9', 2) };
  store.log.applyPage([toReceived(revision, 1)], cursor, startMs);
  assert.equal(store.log.outboxCount(), 0);
  assert.deepEqual(entries(store), [[1, revision.id]]);
});

test('[STO-21] what still cannot be used stays as it came, with the reason that holds now', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(change('note', note, noteValue()), startMs);
  keepAside(store, [revision], 'unknown-key');
  const [retriable] = store.log.retriable(everything);
  assert.ok(retriable !== undefined);
  const opened = { ok: false, code: 'not-understood' } as const;
  assert.equal(store.log.applyRetried([{ ...retriable, opened }], startMs).received, 0);
  assert.deepEqual(store.log.quarantineCounts(), { 'not-understood': 1 });
  assert.deepEqual(store.log.quarantinedEnvelope(revision.id), revision.envelope);
  assert.equal(store.log.operationCount(), 0);
});

test('[STO-21] what the log itself makes unusable is not tried again', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const ours = device.make(change('note', note, noteValue({ text: 'ours' })), startMs);
  receive(store, [ours]);
  receive(store, [toRevision({ ...ours.operation, at: 2 }, ours.id), ours]);
  assert.deepEqual(store.log.quarantineCounts(), { 'other-bytes': 1, repeated: 1 });
  assert.deepEqual(store.log.retriable(everything), []);
});

test('[STO-21] an id that was taken meanwhile keeps its operation', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const theirs = device.make(change('note', note, noteValue({ text: 'theirs' })), startMs);
  const ours = toRevision({ ...theirs.operation, at: startMs + 1 }, theirs.id);
  keepAside(store, [theirs]);
  receive(store, [ours]);
  assert.equal(retry(store, [theirs]).received, 0);
  assert.deepEqual(store.log.quarantineCounts(), { 'other-bytes': 1 });
  assert.deepEqual(
    store.entities.revisions('note', note).map(({ operation }) => operation.at),
    [startMs + 1],
  );
});

test('[STO-21] [STO-7] one of this device that it does not have shows that the store is a copy', (t) => {
  const store = openTestStore(t);
  append(store, [change('note', note, noteValue())], startMs);
  const { device } = store.log.writer();
  const made = otherDevice(device).make(change('note', randomUuid<EntityId>(), noteValue()), startMs);
  keepAside(store, [made]);
  assert.equal(store.log.writer().device, device);
  retry(store, [made]);
  assert.notEqual(store.log.writer().device, device);
});

test('[STO-21] they are tried in batches within both bounds, of one at least, and each once', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const made = [10, 10, 50_000, 10].map((length) =>
    device.make(change('note', randomUuid<EntityId>(), noteValue({ text: 'x'.repeat(length) })), startMs),
  );
  keepAside(store, made);
  const sizes: number[] = [];
  let batch = store.log.retriable({ operations: 2, bytes: 5_000 });
  while (batch.length > 0) {
    sizes.push(batch.length);
    const after = batch.at(-1)?.entry ?? 0;
    batch = store.log.retriable({ after, operations: 2, bytes: 5_000 });
  }
  assert.deepEqual(sizes, [2, 1, 1]);
  const all = open(store.log.retriable(everything), made);
  assert.equal(store.log.applyRetried(all, startMs).received, 4);
  assert.equal(store.log.applyRetried(all, startMs).received, 0, 'they have left');
});

test('[STO-10] the quarantine says when each came, how large it is and what it says of itself', (t) => {
  const store = openTestStore(t);
  const envelopes = [
    Uint8Array.of(1, 0xab, 0xcd, 0, 0x12, ...new Uint8Array(40)),
    Uint8Array.of(9, 0xab, 0xcd, 0, 0x12, ...new Uint8Array(40)),
    Uint8Array.of(1, 2),
    new Uint8Array(0),
    new Uint8Array(1_000_000).fill(1),
  ];
  const page = envelopes.map((envelope, index) => ({
    seq: index + 1,
    id: uuidToBytes(numberedUuid<OperationId>('bad', index)),
    envelope,
    opened: { ok: false, code: 'malformed' } as const,
  }));
  store.log.applyPage(page, testCursor(page.length), startMs + 5);
  assert.deepEqual(
    store.log
      .quarantine()
      .map(({ receivedAt, seq, bytes, version, keyId }) => [receivedAt, seq, bytes, version, keyId]),
    [
      [startMs + 5, 1, 45, 1, 'abcd0012'],
      [startMs + 5, 2, 45, 9, null],
      [startMs + 5, 3, 2, 1, null],
      [startMs + 5, 4, 0, null, null],
      [startMs + 5, 5, 1_000_000, 1, '01010101'],
    ],
  );
  assert.deepEqual(store.log.quarantineCounts(), { malformed: 5 });
});

const ids = [1, 2, 3].map((number) => numberedUuid<EntityId>('0e7e', number));
const step = fc.record({
  device: fc.nat(1),
  note: fc.nat(ids.length - 1),
  word: fc.constantFrom('alpha', 'beta\ngamma', ''),
  deleted: fc.boolean(),
  parents: fc.array(fc.nat(20), { maxLength: 3 }),
  isKeptAside: fc.boolean(),
});

test('[STO-21] [STO-5] whatever was kept aside for a while, the store says what it would have said without', (t) => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 3, maxLength: 25 }),
      fc.integer({ min: 1, max: 5 }),
      (steps, batchSize) => {
        const devices = [1, 2].map((number) => otherDevice(numberedUuid<DeviceId>('de', number)));
        const made: LocalRevision[] = [];
        for (const { device, note: index, word, deleted, parents } of steps) {
          const id = ids[index] ?? note;
          const earlier = made.filter(({ operation }) => operation.id === id);
          const named = parents.flatMap((which) => earlier[which % Math.max(1, earlier.length)]?.id ?? []);
          const planned = change('note', id, noteValue({ text: word }), {
            parents: [...new Set(named)],
            deleted,
          });
          const revision = devices[device]?.make(planned, startMs + made.length);
          if (revision !== undefined) made.push(revision);
        }
        const [direct, late] = [openTestStore(t), openTestStore(t)];
        for (const revision of made) receive(direct, [revision]);
        for (const [index, revision] of made.entries())
          if (steps[index]?.isKeptAside === true) keepAside(late, [revision]);
          else receive(late, [revision]);
        const bounds = { operations: batchSize, bytes: 1_000 };
        let batch = late.log.retriable(bounds);
        while (batch.length > 0) {
          late.log.applyRetried(open(batch, made), startMs);
          batch = late.log.retriable({ ...bounds, after: batch.at(-1)?.entry ?? 0 });
        }
        assert.deepEqual(describe(late), describe(direct));
        direct.close();
        late.close();
      },
    ),
    { numRuns: 100 },
  );
});

function describe(store: Store): unknown {
  const { entities, log } = store;
  return {
    states: ids.map((id) => entities.read('note', id)),
    revisions: ids.map((id) => entities.revisions('note', id).map(({ id: revision }) => revision)),
    notes: [...entities.notes({ space: spaceId })].map(({ id }) => id),
    found: entities.search('beta').map(({ note: found }) => found.id),
    entries: entries(store),
    holes: log.holes(),
    outbox: log.outboxCount(),
    quarantine: log.quarantineCounts(),
    last: log.writer().last,
  };
}
