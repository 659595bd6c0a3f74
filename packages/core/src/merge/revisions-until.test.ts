import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findEffectiveTimes } from './effective-times.ts';
import { noteHistory, noteRevision, revisionId, type NoteRevision } from './histories.arbitrary.ts';
import { mergeRevisions } from './merge-revisions.ts';
import { createRevisionGraph, type RevisionGraph } from './revision-graph.ts';
import { revisionsUntil } from './revisions-until.ts';

/** Where nothing is known but the stamps. */
function until(revisions: readonly NoteRevision[], atMs: number): RevisionGraph<'note'> {
  const graph = createRevisionGraph(revisions);
  return revisionsUntil(graph, findEffectiveTimes(graph, new Map()), atMs);
}

test('[HIS-2] the state at a time is a function of the set of revisions', () => {
  fc.assert(
    fc.property(noteHistory, fc.nat(5), fc.array(fc.nat(), { minLength: 14 }), (revisions, atMs, keys) => {
      const shuffled = revisions
        .map((revision, index) => ({ revision, key: keys[index] ?? 0 }))
        .toSorted((left, right) => left.key - right.key)
        .map(({ revision }) => revision);
      const stateAt = (given: typeof revisions) => mergeRevisions(until(given, atMs));
      assert.deepEqual(stateAt([...shuffled, ...revisions]), stateAt(revisions));
    }),
  );
});

test('[HIS-2] the state after all stamps is the current state, and so it is once all heads are there', () => {
  fc.assert(
    fc.property(noteHistory, (revisions) => {
      const graph = createRevisionGraph(revisions);
      const current = mergeRevisions(graph);
      const lastHead = Math.max(...(current?.heads ?? []).map(({ operation }) => operation.at));
      assert.deepEqual(mergeRevisions(until(revisions, Infinity)), current);
      assert.deepEqual(mergeRevisions(until(revisions, lastHead)), current);
    }),
  );
});

test('[HIS-2] what is there at a time is there at every later one', () => {
  fc.assert(
    fc.property(noteHistory, fc.nat(5), fc.nat(5), (revisions, one, other) => {
      const earlier = [...until(revisions, Math.min(one, other)).keys()];
      const later = until(revisions, Math.max(one, other));
      assert.ok(earlier.every((id) => later.has(id)));
    }),
  );
});

test('[HIS-2] an edit brings what it was made on, also where that was stamped by a clock ahead', () => {
  const created = noteRevision(0, { at: 10, value: { text: 'one\ntwo' } });
  const ahead = noteRevision(1, { at: 99, parents: [created.id], value: { text: 'one\n2' } });
  const edit = noteRevision(2, { at: 20, parents: [ahead.id], value: { text: '1\n2' } });
  const state = mergeRevisions(until([edit, ahead, created], 20));
  assert.deepEqual([state?.value.text, state?.conflict, state?.heads.length], ['1\n2', false, 1]);
});

test('[HIS-2] before its first revision there is nothing, and a parent that is not known is passed over', () => {
  const only = noteRevision(3, { at: 10, parents: [revisionId(0)], value: { text: 'x' } });
  assert.equal(mergeRevisions(until([only], 9)), null);
  assert.equal(mergeRevisions(until([only], 10))?.value.text, 'x');
});
