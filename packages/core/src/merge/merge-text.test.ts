import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeTexts } from './merge-text.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '\r'), { maxLength: 8 })
  .map((all) => all.join('\n'));

/** What is left of a text whose lines were all deleted is none, not a blank one. */
const linesOf = (whole: string) => (whole === '' ? [] : whole.split('\n'));

const clean = (merged: string) => ({ text: merged, conflict: false });
const conflict = (merged: string) => ({ text: merged, conflict: true });

test('[MRG-5] a text that only one side changed is that side, byte for byte', () => {
  fc.assert(
    fc.property(text, text, (base, side) => {
      assert.deepEqual(mergeTexts(base, side, base), clean(side));
      assert.deepEqual(mergeTexts(base, base, side), clean(side));
    }),
  );
});

test('[MRG-5] the same change on both sides counts once', () => {
  fc.assert(
    fc.property(text, text, (base, side) => assert.deepEqual(mergeTexts(base, side, side), clean(side))),
  );
});

test('[MRG-5] changes of different lines both hold, also of lines next to each other', () => {
  assert.deepEqual(mergeTexts('1\n2\n3\n', 'one\n2\n3\n', '1\n2\nthree\n'), clean('one\n2\nthree\n'));
  assert.deepEqual(mergeTexts('1\n2\n3\n', 'one\n2\n3\n', '1\ntwo\n3\n'), clean('one\ntwo\n3\n'));
  assert.deepEqual(mergeTexts('1\n2\n3\n', '1\n2\nnew\n3\n', '1\n2\nthree\n'), clean('1\n2\nnew\nthree\n'));
  assert.deepEqual(mergeTexts('1\n2\n3\n', '2\n3\n', '1\n2\n'), clean('2\n'));
});

test('[MRG-5] where both changed one line both stay, the earlier first', () => {
  assert.deepEqual(mergeTexts('1\n2\n3\n', '1\nx\n3\n', '1\ny\n3\n'), conflict('1\nx\ny\n3\n'));
});

test('[MRG-5] where both inserted at one place both stay, the earlier first', () => {
  assert.deepEqual(mergeTexts('1\n', '1\nx\n', '1\ny\n'), conflict('1\nx\ny\n'));
  assert.deepEqual(mergeTexts('1', '1\nx', '1\ny'), conflict('1\nx\ny'));
});

test('[MRG-5] lines that both sides of a conflict begin or end with stay once', () => {
  assert.deepEqual(
    mergeTexts('1\n', '1\nsame\nx\nend\n', '1\nsame\ny\nend\n'),
    conflict('1\nsame\nx\ny\nend\n'),
  );
  assert.deepEqual(mergeTexts('1\n', '1\nsame\n', '1\nsame\nmore\n'), clean('1\nsame\nmore\n'));
  assert.deepEqual(mergeTexts('1\n', '1\nx\nx\nx\n', '1\nx\nx\n'), clean('1\nx\nx\nx\n'));
});

test('[MRG-5] a line that one side changed stays although the other deleted it', () => {
  assert.deepEqual(mergeTexts('1\n2\n3\n', '1\nx\n3\n', '1\n3\n'), clean('1\nx\n3\n'));
  assert.deepEqual(mergeTexts('1\n2\n3\n', '', '1\nx\n3\n'), clean('1\nx\n3\n'));
});

test('[MRG-5] line ends, the last line without one, and blank lines are kept as they are', () => {
  assert.deepEqual(mergeTexts('1\r\n2\r\n', 'x\r\n2\r\n', '1\r\n2\r\ny\r\n'), clean('x\r\n2\r\ny\r\n'));
  assert.deepEqual(mergeTexts('1\n2', 'x\n2', '1\n2\n'), clean('x\n2\n'));
  assert.deepEqual(mergeTexts('1\n2\n', 'x\n2\n', '1\n2'), clean('x\n2'));
  assert.deepEqual(mergeTexts('1\n\n\n2', 'x\n\n\n2', '1\n\n\n2\n\n'), clean('x\n\n\n2\n\n'));
  assert.deepEqual(mergeTexts('1', 'x', '1\nmore'), clean('x\nmore'));
});

test('[MRG-5] two texts made on nothing both stay', () => {
  assert.deepEqual(mergeTexts('', 'x\n', 'y\n'), conflict('x\ny\n'));
  assert.deepEqual(mergeTexts('', 'x', 'y\n'), conflict('x\ny\n'));
  assert.deepEqual(mergeTexts('', '', 'y\n'), clean('y\n'));
});

test('[MRG-5] where each side deleted what the other kept nothing is left', () => {
  assert.deepEqual(mergeTexts('1\n2\n3', '1\n2', '3'), clean(''));
});

test('[MRG-5] every line that a side wrote is in the result', () => {
  fc.assert(
    fc.property(text, text, text, (base, earlier, later) => {
      const merged = new Set(mergeTexts(base, earlier, later).text.split('\n'));
      const old = new Set(base.split('\n'));
      for (const line of [...earlier.split('\n'), ...later.split('\n')])
        assert.ok(line === '' || old.has(line) || merged.has(line), line);
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-5] no line comes from nowhere', () => {
  fc.assert(
    fc.property(text, text, text, (base, earlier, later) => {
      const known = new Set([base, earlier, later].flatMap(linesOf));
      for (const line of linesOf(mergeTexts(base, earlier, later).text)) assert.ok(known.has(line), line);
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-5] without a conflict the order of the sides makes no difference', () => {
  fc.assert(
    fc.property(text, text, text, (base, earlier, later) => {
      const merged = mergeTexts(base, earlier, later);
      if (!merged.conflict) assert.deepEqual(mergeTexts(base, later, earlier), merged);
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-5] changes far apart in a long text of many equal lines both hold', () => {
  const equal = '\n'.repeat(20_000);
  const merged = mergeTexts(`1${equal}2${equal}3`, `x${equal}2${equal}3`, `1${equal}2${equal}y`);
  assert.deepEqual(merged, clean(`x${equal}2${equal}y`));
});

test('[MRG-9] a million blank lines on all sides are merged', () => {
  const blank = '\n'.repeat(1_000_000);
  assert.deepEqual(mergeTexts(blank, `x${blank}`, `${blank}y`), clean(`x${blank}y`));
});
