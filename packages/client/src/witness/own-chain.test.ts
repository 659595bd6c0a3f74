import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { chainFrames, type EntityId, type Frame } from '@dataans/core';
import {
  change,
  noteValue,
  openTestStore,
  otherDevice,
  randomUuid,
  startMs,
  testCursor,
  toReceived,
} from '../testing/test-store.ts';
import type { ReceivedOperation } from '../store/local-log.ts';
import { findOwnChain } from './own-chain.ts';

const hash = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash('sha256').update(bytes).digest());

function unusable(seq: number, envelope: Uint8Array | null): ReceivedOperation {
  const id = randomBytes(16);
  return envelope === null
    ? { seq, id, envelope, prunedHash: randomBytes(32), opened: { ok: false, code: 'pruned' } }
    : { seq, id, envelope, opened: { ok: false, code: 'not-authentic' } };
}

test('[WIT-2] the chain at any place is computed from what is here, also of what is only known by its hash', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const revision = () => device.make(change('note', randomUuid<EntityId>(), noteValue()), startMs);
  const entries = [
    toReceived(revision(), 1),
    unusable(2, randomBytes(50)),
    toReceived(revision(), 3),
    unusable(4, null),
    unusable(5, new Uint8Array(5 * 1024 * 1024)),
    toReceived(revision(), 6),
  ];
  const frames = entries.map(({ id, envelope, prunedHash }): Frame =>
    envelope === null
      ? { kind: 'pruned', id, body: prunedHash ?? new Uint8Array() }
      : { kind: 'envelope', id, body: envelope },
  );
  const start = testCursor(0).chain;
  const chains = chainFrames(hash, start, frames);
  store.log.rewind(testCursor(0));
  store.log.applyPage(entries.slice(0, 4), { ...testCursor(4), chain: chains[3] ?? start }, startMs);
  store.log.applyPage(entries.slice(4), { ...testCursor(6), chain: chains[5] ?? start }, startMs);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 6].map((seq) => findOwnChain(store.log, hash, seq)),
    [start, ...chains].map((chain) => Uint8Array.from(chain)),
  );
});

test('[WIT-2] the chain is not guessed where an entry is not known by its number', (t) => {
  const store = openTestStore(t);
  const revision = otherDevice().make(change('note', randomUuid<EntityId>(), noteValue()), startMs);
  store.log.rewind(testCursor(0));
  const page = [1, 2, 3, 4].map((seq) => toReceived(revision, seq));
  store.log.applyPage(page, testCursor(4), startMs);
  assert.equal(findOwnChain(store.log, hash, 3), null);
});
