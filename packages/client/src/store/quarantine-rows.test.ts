import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { uuidToBytes, type EntityId, type OperationId } from '@dataans/core';
import { findingsToldMax } from '../findings/finding-list.ts';
import { listFindings } from '../status/list-findings.ts';
import {
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  randomUuid,
  receive,
  startMs,
  testCursor,
} from '../testing/test-store.ts';
import type { QuarantineReason, ReceivedOperation } from './local-log.ts';
import type { Store } from './store.ts';

const MiB = 1024 * 1024;
const oneId = uuidToBytes(numberedUuid<OperationId>('bad', 1));

function unusable(
  seq: number,
  code: QuarantineReason,
  bytes: number,
  id: Uint8Array = randomBytes(16),
): ReceivedOperation {
  return { seq, id, envelope: randomBytes(bytes), opened: { ok: false, code } };
}

/** Entries one after another behind what is here. */
function keepAside(store: Store, entries: number, make: (seq: number) => ReceivedOperation): void {
  const before = store.log.cursor()?.seq ?? 0;
  const page = Array.from({ length: entries }, (_, index) => make(before + index + 1));
  store.log.applyPage(page, testCursor(before + entries), startMs);
}

function keptBytes(store: Store): number {
  return store.log
    .quarantine()
    .reduce((sum, { bytes, isKept }) => (isKept && bytes !== null ? sum + bytes : sum), 0);
}

test('[STO-26] a server that sends garbage without end fills no disk: beyond a limit only hashes are kept', (t) => {
  const store = openTestStore(t);
  for (let page = 0; page < 6; page += 1) {
    keepAside(store, 1, (seq) => unusable(seq, 'not-authentic', MiB));
    keepAside(store, 3, (seq) => unusable(seq, 'unknown-key', 1.5 * MiB));
  }
  assert.deepEqual(store.log.quarantineCounts(), { 'not-authentic': 6, 'unknown-key': 18 });
  assert.equal(keptBytes(store), 4 * MiB + 10 * 1.5 * MiB);
  keepAside(store, 2, (seq) => unusable(seq, 'not-understood', MiB));
  assert.equal(keptBytes(store), 21 * MiB, 'what is sealed under our keys is always kept');
});

test('[STO-26] what is not kept is known when it comes again', (t) => {
  const store = openTestStore(t);
  const entry = unusable(1, 'not-authentic', 5 * MiB);
  for (const seq of [1, 2]) keepAside(store, 1, () => ({ ...entry, seq }));
  assert.deepEqual(
    store.log.quarantine().map(({ seq, bytes, isKept }) => [seq, bytes, isKept]),
    [[1, 5 * MiB, false]],
  );
});

test('[STO-26] what a person gives up stays listed, and only what anybody can have made is given up', (t) => {
  const store = openTestStore(t);
  const reasons = ['not-authentic', 'unknown-key', 'unknown-version', 'not-understood', 'malformed'] as const;
  keepAside(store, reasons.length, (seq) => unusable(seq, reasons[seq - 1] ?? 'malformed', 100));
  assert.deepEqual(store.log.giveUp(), { operations: 3, bytes: 300 });
  assert.deepEqual(
    store.log.quarantine().map(({ reason, bytes, isKept }) => [reason, bytes, isKept]),
    reasons.map((reason, index) => [reason, 100, index > 2]),
  );
  assert.deepEqual(store.log.giveUp(), { operations: 0, bytes: 0 });
});

test('[STO-26] what no entry of the log is any more is not given up: nobody else may have it', (t) => {
  const store = openTestStore(t);
  keepAside(store, 1, (seq) => unusable(seq, 'unknown-key', 100));
  store.log.rewind(testCursor(0));
  assert.equal(store.log.giveUp().operations, 0);
  assert.equal(keptBytes(store), 100);
});

test('[STO-26] what repeats an operation that is here is kept without its bytes', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(change('note', randomUuid<EntityId>(), noteValue()), 1);
  receive(store, [revision, revision]);
  assert.deepEqual(
    store.log.quarantine().map(({ seq, reason, isKept }) => [seq, reason, isKept]),
    [[2, 'repeated', false]],
  );
});

test('[STO-26] one id with other bytes each time is looked up by hash: nothing that is kept is read again', (t) => {
  const store = openTestStore(t);
  const sent = Array.from({ length: 50 }, (_, index) => unusable(index + 1, 'not-authentic', 1_000, oneId));
  keepAside(store, 50, (seq) => sent[seq - 1] ?? unusable(seq, 'malformed', 1));
  keepAside(store, 50, (seq) => ({ ...(sent[seq - 51] ?? unusable(seq, 'malformed', 1)), seq }));
  assert.deepEqual(store.log.quarantineCounts(), { 'not-authentic': 50 });
});

test('[STO-26] [VFY-2] of ten thousand bad entries the first hundred are told, and all are counted', (t) => {
  const store = openTestStore(t);
  for (let page = 0; page < 10; page += 1)
    keepAside(store, 1_000, (seq) => unusable(seq, 'not-authentic', 40));
  const { findings, count } = listFindings(store);
  assert.equal(count, 10_000);
  assert.deepEqual(
    findings.map(({ concerns }) => concerns.seq),
    Array.from({ length: findingsToldMax }, (_, index) => index + 1),
  );
});
