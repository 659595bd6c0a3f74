import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { stampOnParents, type EntityId } from '@dataans/core';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  receive,
  startMs,
  toReceived,
  toRevision,
} from '../testing/test-store.ts';
import type { LocalRevision } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import { acknowledgeMassDeletion, judgeDeletions, noteDeletions, readMassDeletion } from './mass-deletion.ts';

const noticedMs = startMs + 9_000_000;

/** A store with this many notes, and another device that deletes some of them. */
function openWithNotes(t: TestContext, count: number) {
  const store = openTestStore(t);
  const other = otherDevice();
  const ids = Array.from({ length: count }, (_, number) => numberedUuid<EntityId>('0e7e', number));
  append(
    store,
    ids.map((id) => change('note', id, noteValue())),
    startMs,
  );
  let nowMs = startMs;
  let syncMs = noticedMs;
  const deletion = (id: EntityId): LocalRevision => {
    const parents = store.entities.read('note', id)?.heads ?? [];
    return other.make(change('note', id, noteValue(), { parents, deleted: true }), (nowMs += 1_000));
  };
  const page = (revisions: readonly LocalRevision[], operationsBefore: number): void => {
    const received = revisions.map((revision, index) => toReceived(revision, index + 1));
    noteDeletions(store, received, operationsBefore, syncMs);
    receive(store, revisions, syncMs);
  };
  return {
    store,
    ids,
    page,
    /** What a sync does that receives the deletions of these notes. */
    sync: (deleted: readonly EntityId[]) => {
      page(deleted.map(deletion), store.log.operationCount());
      return judgeDeletions(store, syncMs, true);
    },
    wait: (minutes: number): void => {
      syncMs += minutes * 60_000;
    },
    deletion,
  };
}

test('[GRD-1] more than a tenth of the notes, and twenty at least, is much; less is not', (t) => {
  const cases = [
    { notes: 200, deleted: 20, isMuch: false },
    { notes: 200, deleted: 21, isMuch: true },
    { notes: 19, deleted: 19, isMuch: false },
    { notes: 20, deleted: 20, isMuch: true },
    { notes: 100, deleted: 19, isMuch: false },
  ];
  for (const { notes, deleted, isMuch } of cases) {
    const { store, ids, sync } = openWithNotes(t, notes);
    const told = sync(ids.slice(0, deleted));
    const expected = { at: noticedMs, deleted, overwritten: 0, notes, before: startMs + 999 };
    assert.deepEqual(told, isMuch ? expected : null, `${deleted} of ${notes}`);
    assert.deepEqual(readMassDeletion(store.facts), told);
  }
});

for (const [clock, aheadMs] of [
  ['ahead', 86_400_000],
  ['behind', -86_400_000],
] as const)
  test(`[GRD-2] [HIS-13] what a clock that is ${clock} deleted is brought back from before it was here`, (t) => {
    const { store, ids, page } = openWithNotes(t, 40);
    const fast = otherDevice();
    page(
      ids.slice(0, 30).map((id) => {
        const revision = change('note', id, noteValue(), { ...parentsOf(store, id), deleted: true });
        const stamp = stampOnParents(
          { at: noticedMs + aheadMs, c: 0 },
          store.log.latestStamp(revision.parents),
        );
        return toRevision({ v: 1, device: fast.device, n: 1, ...stamp, ...revision });
      }),
      store.log.operationCount(),
    );
    const told = judgeDeletions(store, noticedMs, true);
    assert.deepEqual([told?.deleted, told?.before], [30, noticedMs - 1]);
  });

function parentsOf(store: Store, id: EntityId) {
  return { parents: store.entities.read('note', id)?.heads ?? [] };
}

test('[GRD-1] what is deleted here does not count, nor does what is new and deleted in the same sync', (t) => {
  const { store, ids, page, deletion } = openWithNotes(t, 50);
  const before = store.log.operationCount();
  const other = otherDevice();
  const fresh = Array.from({ length: 40 }, (_, number) => numberedUuid<EntityId>('0e7f', number));
  const created = fresh.map((id) => other.make(change('note', id, noteValue()), startMs));
  page(created, before);
  page(
    created.map(({ id, operation }) =>
      other.make(change('note', operation.id, noteValue(), { parents: [id], deleted: true }), startMs + 1),
    ),
    before,
  );
  for (const id of ids.slice(0, 30)) {
    const parents = store.entities.read('note', id)?.heads ?? [];
    append(store, [change('note', id, noteValue(), { parents, deleted: true })], startMs + 2);
  }
  page(ids.slice(30, 35).map(deletion), before);
  assert.equal(judgeDeletions(store, noticedMs, true), null);
});

test('[GRD-1] deletions that come in pieces within ten minutes count together, and later ones by themselves', (t) => {
  const { store, ids, sync, wait } = openWithNotes(t, 400);
  assert.equal(sync(ids.slice(0, 30)), null);
  wait(9);
  assert.equal(sync(ids.slice(30, 41))?.deleted, 41);
  acknowledgeMassDeletion(store);
  assert.equal(sync(ids.slice(41, 70)), null);
  wait(2);
  assert.equal(sync(ids.slice(70, 100)), null);
  assert.equal(readMassDeletion(store.facts), null);
});

test('[GRD-1] a small deletion just before does not hide that of notes which came after it', (t) => {
  const { store, ids, page, sync, deletion } = openWithNotes(t, 30);
  sync(ids.slice(0, 1));
  const other = otherDevice();
  const fresh = Array.from({ length: 60 }, (_, number) => numberedUuid<EntityId>('0e7f', number));
  page(
    fresh.map((id) => other.make(change('note', id, noteValue()), startMs)),
    store.log.operationCount(),
  );
  assert.equal(judgeDeletions(store, noticedMs, true), null);
  page(fresh.map(deletion), store.log.operationCount());
  const told = judgeDeletions(store, noticedMs, true);
  assert.deepEqual([told?.deleted, told?.notes], [60, 89]);
});

test('[GRD-2] three that nobody acknowledges are brought back from before the first', (t) => {
  const { store, ids, page, sync, wait, deletion } = openWithNotes(t, 60);
  const before = sync(ids.slice(0, 20))?.before;
  assert.ok(before !== undefined);
  const other = otherDevice();
  for (const part of ['0e7a', '0e7b']) {
    wait(30);
    const fresh = Array.from({ length: 30 }, (_, number) => numberedUuid<EntityId>(part, number));
    page(
      fresh.map((id) => other.make(change('note', id, noteValue()), startMs)),
      store.log.operationCount(),
    );
    page(fresh.map(deletion), store.log.operationCount());
    assert.equal(judgeDeletions(store, noticedMs, true)?.before, before);
  }
});

test('[GRD-2] it is told until it is acknowledged, and another one before that is told together with it', (t) => {
  const { store, ids, sync, wait } = openWithNotes(t, 100);
  const first = sync(ids.slice(0, 30));
  assert.equal(first?.deleted, 30);
  wait(60);
  assert.equal(sync(ids.slice(30, 31)), null);
  assert.deepEqual(readMassDeletion(store.facts), first);
  wait(60);
  const second = sync(ids.slice(31, 60));
  assert.deepEqual([second?.deleted, second?.notes, second?.before], [60, 100, first.before]);
  acknowledgeMassDeletion(store);
  assert.equal(readMassDeletion(store.facts), null);
  wait(60);
  assert.deepEqual([sync(ids.slice(60, 90))?.deleted, readMassDeletion(store.facts)?.notes], [30, 40]);
});

test('[GRD-3] a sync that is cut off and the one that goes on with it count together', (t) => {
  const { store, ids, page, deletion, wait } = openWithNotes(t, 100);
  page(ids.slice(0, 15).map(deletion), store.log.operationCount());
  assert.equal(judgeDeletions(store, noticedMs, false), null);
  wait(24 * 60);
  page(ids.slice(15, 25).map(deletion), store.log.operationCount());
  assert.equal(judgeDeletions(store, noticedMs, true)?.deleted, 25);
  wait(11);
  page(ids.slice(25, 40).map(deletion), store.log.operationCount());
  assert.equal(judgeDeletions(store, noticedMs, true), null);
});

test('[GRD-3] one that is acknowledged while it is cut off is not told again by what goes on', (t) => {
  const { store, ids, page, deletion } = openWithNotes(t, 100);
  page(ids.slice(0, 25).map(deletion), store.log.operationCount());
  assert.equal(judgeDeletions(store, noticedMs, false)?.deleted, 25);
  acknowledgeMassDeletion(store);
  page(ids.slice(25, 30).map(deletion), store.log.operationCount());
  assert.equal(judgeDeletions(store, noticedMs, true), null);
});
