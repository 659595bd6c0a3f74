import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { noteHistory, noteRevision, revisionId } from './histories.arbitrary.ts';
import { createRevisionGraph } from './revision-graph.ts';
import { compareRevisions } from './revision.ts';
import { sortCausally } from './sort-causally.ts';

test('[HIS-1] every revision is listed once, behind those that it was made on, in any order of arrival', () => {
  fc.assert(
    fc.property(noteHistory, (revisions) => {
      const sorted = sortCausally(createRevisionGraph(revisions)).map(({ id }) => id);
      assert.deepEqual(sorted.toSorted(), revisions.map(({ id }) => id).toSorted());
      for (const { id, operation } of revisions)
        for (const parent of operation.parents) assert.ok(sorted.indexOf(parent) < sorted.indexOf(id));
      const reversed = sortCausally(createRevisionGraph(revisions.toReversed())).map(({ id }) => id);
      assert.deepEqual(reversed, sorted);
    }),
  );
});

test('[HIS-1] where every revision is stamped after those that it was made on, the order is that of merging', () => {
  fc.assert(
    fc.property(noteHistory, (revisions) => {
      const stamped = revisions.map((revision, index) => ({
        ...revision,
        operation: { ...revision.operation, c: index, at: 1 },
      }));
      assert.deepEqual(sortCausally(createRevisionGraph(stamped)), stamped.toSorted(compareRevisions));
    }),
  );
});

test('[HIS-1] a circle, and a parent that is not here, keep nothing from being listed', () => {
  const one = noteRevision(0, { at: 5, parents: [revisionId(1)] });
  const other = noteRevision(1, { at: 7, parents: [one.id, revisionId(9)] });
  const sorted = sortCausally(createRevisionGraph([one, other]));
  assert.deepEqual(new Set(sorted), new Set([one, other]));
});
