import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { utf8ToBytes, uuidToBytes, type OperationId } from '@dataans/core';
import { numberedUuid, otherDevice } from '../testing/test-store.ts';
import { judgeEntry, type FetchedEntry } from './judge-entry.ts';

const id = numberedUuid<OperationId>('01', 1);
const otherId = numberedUuid<OperationId>('01', 2);
const envelope = utf8ToBytes('an envelope');
const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const { operation, encoded } = otherDevice().make(
  { entity: 'device', id: numberedUuid('de', 1), parents: [], deleted: false, value: { name: 'Phone' } },
  1,
);

const whole: FetchedEntry = {
  seq: 7,
  frame: { kind: 'envelope', id: uuidToBytes(id), body: envelope },
  opened: { ok: true, operation, encoded },
  awaitsKeys: false,
  local: envelope,
  followed: id,
  isFollowed: true,
};
const pruned = { kind: 'pruned', id: uuidToBytes(id), body: hash(envelope) } as const;

function judge(entry: Partial<FetchedEntry>): readonly unknown[] {
  const { counted, findings } = judgeEntry({ ...whole, ...entry }, hash);
  return [counted, ...findings.map(({ kind }) => kind)];
}

test('[VFY-7] an entry is the same as here, not here yet, or not understood', () => {
  assert.deepEqual(judge({}), ['same']);
  assert.deepEqual(judge({ local: null, followed: null, isFollowed: false }), ['unreceived']);
  const unread = { local: null, followed: null } as const;
  assert.deepEqual(judge({ ...unread, opened: { ok: false, code: 'not-understood' } }), ['notUnderstood']);
  assert.deepEqual(judge({ ...unread, opened: { ok: false, code: 'malformed' } }), ['notUnderstood']);
});

test('[VFY-7] a pruned entry is compared by its hash', () => {
  const opened = { ok: false, code: 'pruned' } as const;
  assert.deepEqual(judge({ frame: pruned, opened }), ['same']);
  assert.deepEqual(judge({ frame: pruned, opened, local: null, followed: null }), [null, 'entry-withheld']);
  assert.deepEqual(judge({ frame: pruned, opened, local: utf8ToBytes('other') }), [null, 'entry-altered']);
});

test('[VFY-7] other bytes, another operation in a place, and one that does not open are findings', () => {
  assert.deepEqual(judge({ local: utf8ToBytes('other') }), [null, 'entry-altered']);
  assert.deepEqual(judge({ followed: otherId }), ['same', 'entry-displaced']);
  assert.deepEqual(judge({ followed: otherId, local: null }), ['unreceived', 'entry-displaced']);
  for (const code of ['not-authentic', 'unknown-key', 'unknown-version'] as const)
    assert.deepEqual(judge({ local: null, followed: null, opened: { ok: false, code } }), [
      null,
      'entry-unreadable',
    ]);
});

test('[VFY-7] an operation that was followed as another entry is repeated, one that waits to be met is not', () => {
  assert.deepEqual(judge({ followed: null }), ['same', 'entry-repeated']);
  assert.deepEqual(judge({ followed: null, isFollowed: false }), ['same']);
});
