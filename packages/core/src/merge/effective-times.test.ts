import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeviceId, OperationId } from '../ids/uuid.ts';
import { findEffectiveTimes, findSilent } from './effective-times.ts';
import { noteHistory, noteRevision, numberedId, type NoteRevision } from './histories.arbitrary.ts';
import { createRevisionGraph } from './revision-graph.ts';

const nobody: ReadonlyMap<OperationId, number> = new Map();
const laptop = numberedId<DeviceId>('de71ce00', 1);
const phone = numberedId<DeviceId>('de71ce00', 2);

function timesOf(
  revisions: readonly NoteRevision[],
  heldBy: ReadonlyMap<OperationId, number> = nobody,
): readonly (number | undefined)[] {
  const times = findEffectiveTimes(createRevisionGraph(revisions), heldBy);
  return revisions.map(({ id }) => times.get(id));
}

function toEntry(id: OperationId, time: number | null): readonly (readonly [OperationId, number])[] {
  return time === null ? [] : [[id, time]];
}

/** Some revisions of a history, with a time by which each was held. */
const heldHistory = noteHistory.chain((revisions) =>
  fc.tuple(
    fc.constant(revisions),
    fc
      .array(fc.option(fc.nat(6)), { minLength: revisions.length, maxLength: revisions.length })
      .map((times) => new Map(revisions.flatMap(({ id }, index) => toEntry(id, times[index] ?? null)))),
  ),
);

test('[HIS-13] nothing counts as made before what it was made on, whatever the clocks were', () => {
  fc.assert(
    fc.property(heldHistory, ([revisions, heldBy]) => {
      const times = findEffectiveTimes(createRevisionGraph(revisions), heldBy);
      for (const { id, operation } of revisions)
        for (const parent of operation.parents) assert.ok((times.get(parent) ?? 0) <= (times.get(id) ?? -1));
    }),
  );
});

test('[HIS-13] the order in which revisions came makes no difference', () => {
  fc.assert(
    fc.property(heldHistory, ([revisions, heldBy]) => {
      const one = findEffectiveTimes(createRevisionGraph(revisions), heldBy);
      const other = findEffectiveTimes(createRevisionGraph(revisions.toReversed()), heldBy);
      for (const { id } of revisions) assert.equal(other.get(id), one.get(id));
    }),
  );
});

test('[HIS-13] clocks that are right are taken at their word', () => {
  fc.assert(
    fc.property(noteHistory, fc.integer({ min: 0, max: 1_000 }), (revisions, startMs) => {
      // Each a millisecond after the one before it, and here at once.
      const right = revisions.map((revision, index) => ({
        ...revision,
        operation: { ...revision.operation, at: startMs + 2 * index },
      }));
      const heldBy = new Map(right.map(({ id, operation }) => [id, operation.at]));
      for (const held of [nobody, heldBy])
        assert.deepEqual(
          timesOf(right, held),
          right.map(({ operation }) => operation.at),
        );
    }),
  );
});

test('[HIS-13] what is held counts as made by then, and so does what it was made on', () => {
  fc.assert(
    fc.property(heldHistory, ([revisions, heldBy]) => {
      const graph = createRevisionGraph(revisions);
      const silent = findSilent(graph);
      const times = findEffectiveTimes(graph, heldBy);
      for (const { id, operation } of revisions) {
        const held = heldBy.get(id);
        // A parent that was made later by all that is known says that somebody's time is wrong: it wins.
        const parents = operation.parents.map((parent) => times.get(parent) ?? 0);
        const latest = Math.max(silent.has(id) ? (held ?? operation.at) : operation.at, ...parents);
        assert.ok((times.get(id) ?? Infinity) <= latest);
      }
    }),
  );
});

test('[HIS-13] a stamp from the future is not taken at its word where the operation was here before', () => {
  const ahead = noteRevision(0, { at: 9_000, device: laptop });
  assert.deepEqual(timesOf([ahead], new Map([[ahead.id, 50]])), [50]);
  assert.deepEqual(timesOf([ahead], new Map([[ahead.id, 10_000]])), [9_000]);
});

test('[CLK-5] [HIS-13] an edit by a slow clock counts as made when it was here, not when its parent was', () => {
  const created = noteRevision(0, { at: 100, device: laptop });
  const slow = noteRevision(1, { at: 100, c: 1, device: phone, parents: [created.id] });
  const again = noteRevision(2, { at: 100, c: 2, device: phone, parents: [slow.id] });
  const heldBy = new Map([
    [slow.id, 500],
    [again.id, 600],
  ]);
  assert.deepEqual(timesOf([created, slow, again], heldBy), [100, 500, 600]);
  assert.deepEqual(timesOf([created, slow, again]), [100, 100, 100]);
});

test('[HIS-13] an edit of the same device in the same millisecond says when it was made', () => {
  const created = noteRevision(0, { at: 100, device: laptop });
  const edit = noteRevision(1, { at: 100, c: 1, device: laptop, parents: [created.id] });
  assert.deepEqual(timesOf([created, edit], new Map([[edit.id, 500]])), [100, 100]);
});

test('[HIS-13] revisions that name each other in a circle have times, and nothing hangs', () => {
  const one = noteRevision(0, { at: 5, parents: [noteRevision(1, {}).id] });
  const other = noteRevision(1, { at: 7, parents: [one.id] });
  for (const time of timesOf([one, other])) assert.ok(time !== undefined && time >= 5);
});
