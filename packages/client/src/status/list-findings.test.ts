import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidToBytes, type EntityId, type LogId, type OperationId } from '@dataans/core';
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
  toRevision,
} from '../testing/test-store.ts';
import type { QuarantineReason } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import { beginHealing, endHealing } from './last-healing.ts';
import { acknowledgeFindings } from './acknowledged.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { listAllFindings, listFindings } from './list-findings.ts';

const newNote = (text = '') => change('note', randomUuid<EntityId>(), noteValue({ text }));

const kinds = (store: Store) =>
  listFindings(store).findings.map(({ kind, concerns }) => [kind, concerns.seq]);

test('[VFY-1] [VFY-4] a hole is told with the name of the device and the numbers, and goes when it closes', (t) => {
  const store = openTestStore(t);
  const phone = otherDevice();
  const named = phone.make(change('device', numberedUuid<EntityId>('de', 1), { name: 'Phone' }), 1);
  const name = { ...named, operation: { ...named.operation, id: phone.device as unknown as EntityId } };
  const notes = Array.from({ length: 8 }, (_, index) => phone.make(newNote(), index + 2));
  receive(store, [toRevision(name.operation), ...notes.filter((_, index) => [0, 4, 7].includes(index))]);
  const [hole, ...others] = listFindings(store).findings;
  assert.deepEqual(others, []);
  assert.equal(hole?.kind, 'operations-missing');
  assert.deepEqual(hole.concerns, {
    device: phone.device,
    deviceName: 'Phone',
    missing: [
      [3, 5],
      [7, 8],
    ],
  });
  assert.equal(hole.message, "Changes 3–5 and 7–8 from “Phone” haven't arrived, although later ones have.");
  receive(
    store,
    notes.filter((_, index) => [1, 2, 3, 5].includes(index)),
  );
  assert.match(listFindings(store).findings[0]?.message ?? '', /^Change 8 from “Phone” hasn't arrived/);
  receive(store, notes.slice(6, 7));
  assert.deepEqual(listFindings(store), { findings: [], count: 0 });
});

test('[VFY-4] a device without a name is told by its id', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  device.make(newNote(), 1);
  receive(store, [device.make(newNote(), 2)]);
  const [hole] = listFindings(store).findings;
  assert.match(
    hole?.message ?? '',
    new RegExp(`^Change 1 from a device without a name \\(${device.device.slice(0, 8)}\\)`),
  );
});

test('[VFY-3] an entry that an honest server has not is found as long as it is one', (t) => {
  const store = openTestStore(t);
  const reasons: readonly QuarantineReason[] = [
    'not-authentic',
    'unknown-key',
    'unknown-version',
    'not-understood',
    'malformed',
  ];
  const page = reasons.map((code, index) => ({
    seq: index + 1,
    id: uuidToBytes(numberedUuid<OperationId>('bad', index)),
    envelope: Uint8Array.of(index),
    opened: { ok: false, code } as const,
  }));
  store.log.applyPage(page, testCursor(page.length), startMs);
  assert.deepEqual(kinds(store), [
    ['entry-unreadable', 1],
    ['entry-unreadable', 2],
    ['entry-unreadable', 3],
  ]);
  store.log.rewind(testCursor(1));
  assert.deepEqual(kinds(store), [['entry-unreadable', 1]]);
});

test('[VFY-3] other bytes under a known id, and an operation that comes twice, are found', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(newNote('ours'), 1);
  receive(store, [revision, toRevision({ ...revision.operation, at: 2 }, revision.id), revision]);
  assert.deepEqual(kinds(store), [
    ['entry-altered', 2],
    ['entry-repeated', 3],
  ]);
});

test('[VFY-13] what was acknowledged is told no more, and what comes later is', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const notes = Array.from({ length: 8 }, (_, index) => device.make(newNote(), index + 1));
  const unreadable = (seq: number) => ({
    seq,
    id: uuidToBytes(numberedUuid<OperationId>('bad', seq)),
    envelope: Uint8Array.of(seq),
    opened: { ok: false, code: 'not-authentic' } as const,
  });
  receive(store, notes.slice(1, 2));
  store.log.applyPage([unreadable(2)], testCursor(2), startMs);
  createKeptFindings(store.facts).add('verify-log', listFindings(store).findings.slice(0, 1));
  assert.equal(listFindings(store).count, 3);
  acknowledgeFindings(store);
  assert.deepEqual(listFindings(store), { findings: [], count: 0 });
  assert.equal(listAllFindings(store).count, 2);
  store.log.applyPage([unreadable(3)], testCursor(3), startMs);
  assert.deepEqual(kinds(store), [['entry-unreadable', 3]]);
  receive(store, notes.slice(3, 4));
  assert.deepEqual(
    listFindings(store).findings.map(({ concerns }) => concerns.missing ?? concerns.seq),
    [
      3,
      [
        [1, 1],
        [3, 3],
      ],
    ],
  );
  store.log.rewind({ ...testCursor(0), log: randomUuid<LogId>() });
  assert.equal(listFindings(store).count, 1);
});

test('[VFY-5] a log that went back is found until the server has everything again', (t) => {
  const store = openTestStore(t);
  beginHealing(store.facts, startMs, 12);
  const [finding] = listFindings(store).findings;
  assert.equal(finding?.kind, 'log-rolled-back');
  assert.match(finding.message, /still missing changes it once had \(12\)/);
  endHealing(store.facts);
  assert.equal(listFindings(store).count, 0);
});
