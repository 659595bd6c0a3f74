import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editedLinesMax } from '../limits.ts';
import { diffLines, type Hunk } from './diff-lines.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });

function applyHunks(base: readonly string[], side: readonly string[], hunks: readonly Hunk[]): string[] {
  const result: string[] = [];
  let place = 0;
  for (const hunk of hunks) {
    result.push(...base.slice(place, hunk.baseStart), ...side.slice(hunk.sideStart, hunk.sideEnd));
    place = hunk.baseEnd;
  }
  return [...result, ...base.slice(place)];
}

function countEdits(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, h) => sum + h.baseEnd - h.baseStart + h.sideEnd - h.sideStart, 0);
}

/** The slow, obvious one: fewest inserted and deleted lines, by trying everything. */
function fewestEdits(base: readonly string[], side: readonly string[]): number {
  let row = Array.from({ length: side.length + 1 }, (_, index) => index);
  for (const [index, line] of base.entries()) {
    const next = [index + 1];
    for (const [place, other] of side.entries()) {
      const apart = Math.min(row[place + 1] ?? 0, next[place] ?? 0) + 1;
      next.push(line === other ? Math.min(apart, row[place] ?? 0) : apart);
    }
    row = next;
  }
  return row[side.length] ?? 0;
}

test('[MRG-9] the hunks turn one text into the other', () => {
  fc.assert(
    fc.property(lines, lines, (base, side) => {
      assert.deepEqual(applyHunks(base, side, diffLines(base, side)), side);
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-9] no edit with fewer inserted and deleted lines exists', () => {
  fc.assert(
    fc.property(lines, lines, (base, side) => {
      assert.equal(countEdits(diffLines(base, side)), fewestEdits(base, side));
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-9] hunks come in order, and a line that both have stands between any two', () => {
  fc.assert(
    fc.property(lines, lines, (base, side) => {
      const hunks = diffLines(base, side);
      for (const [index, hunk] of hunks.entries()) {
        assert.ok(hunk.baseEnd > hunk.baseStart || hunk.sideEnd > hunk.sideStart);
        const next = hunks[index + 1];
        if (next === undefined) continue;
        assert.ok(hunk.baseEnd < next.baseStart);
        assert.equal(next.baseStart - hunk.baseEnd, next.sideStart - hunk.sideEnd);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-9] of several shortest edits the one is taken that gets further by deleting', () => {
  assert.deepEqual(diffLines(['a', 'b', 'z'], ['b', 'a', 'z']), [
    { baseStart: 0, baseEnd: 1, sideStart: 0, sideEnd: 0 },
    { baseStart: 2, baseEnd: 2, sideStart: 1, sideEnd: 2 },
  ]);
});

test('[MRG-9] a change beyond the limit is one hunk between what both begin and end with', () => {
  const changed = (letter: string) =>
    Array.from({ length: editedLinesMax / 2 + 1 }, (_, i) => `${letter}${i}`);
  const base = ['top', ...changed('a'), 'common', 'a', 'bottom'];
  const side = ['top', ...changed('b'), 'common', 'b', 'bottom'];
  const end = base.length - 1;
  assert.deepEqual(diffLines(base, side), [{ baseStart: 1, baseEnd: end, sideStart: 1, sideEnd: end }]);
});

test('[MRG-9] a change at the limit is still told apart', () => {
  const changed = (letter: string) =>
    Array.from({ length: editedLinesMax / 2 - 1 }, (_, i) => `${letter}${i}`);
  const base = ['top', ...changed('a'), 'common', 'a', 'bottom'];
  const side = ['top', ...changed('b'), 'common', 'b', 'bottom'];
  assert.equal(diffLines(base, side).length, 2);
});
