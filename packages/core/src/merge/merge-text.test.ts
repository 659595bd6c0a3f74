import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeTexts } from './merge-text.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '\r'), { maxLength: 8 })
  .map((all) => all.join('\n'));

/** Each line is a change of its own: kept, deleted, replaced, or with another before it. */
const edits = fc
  .array(fc.tuple(fc.constantFrom('keep', 'delete', 'replace', 'insert'), fc.nat(2)), { maxLength: 9 })
  .map((all) => all.map(([act, side]) => ({ act, side })));

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

test('[MRG-10] a line that one side changed stays although the other deleted it, and that is marked', () => {
  assert.deepEqual(mergeTexts('1\n2\n3\n', '1\nx\n3\n', '1\n3\n'), conflict('1\nx\n3\n'));
  assert.deepEqual(mergeTexts('1\n2\n3\n', '', '1\nx\n3\n'), conflict('1\nx\n3\n'));
  const long = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n');
  const corrected = long.replace('line 50', 'line 50!');
  assert.deepEqual(mergeTexts(long, '', corrected), conflict(corrected));
  assert.deepEqual(mergeTexts(long, corrected, ''), conflict(corrected));
});

test('[MRG-5] lines that several deleted are gone, also if what they deleted overlaps', () => {
  assert.deepEqual(mergeTexts('1\n2\n3\n4\n5', '1\n4\n5', '1\n2\n5'), clean('1\n5'));
  assert.deepEqual(mergeTexts('1\n2\n3\n4', '1\n4', '1\n2', '4'), clean(''));
});

test('[MRG-10] what several deleted and another one changed stays as it was changed', () => {
  assert.deepEqual(mergeTexts('1\n2\n3\n4', '3\n4', '1\n4', '1\nx\n3\n4'), conflict('1\nx\n3\n4'));
});

test('[MRG-5] three small edits next to each other all take effect, whatever their order', () => {
  const lists: readonly (readonly [string, readonly [string, string, string], string])[] = [
    ['a\nb\nc\nd', ['a\nc\nd', 'a\nb\nd', 'a\nb\nnew\nc\nd'], 'a\nnew\nd'],
    [
      '- [ ] milk\n- [ ] eggs\n- [ ] tea',
      [
        '- [x] milk\n- [ ] eggs\n- [ ] tea',
        '- [ ] milk\n- [x] eggs\n- [ ] tea',
        '- [ ] milk\n- [ ] bread\n- [ ] eggs\n- [ ] tea',
      ],
      '- [x] milk\n- [ ] bread\n- [x] eggs\n- [ ] tea',
    ],
  ];
  for (const [base, [one, two, three], expected] of lists)
    for (const sides of [
      [one, two, three],
      [one, three, two],
      [two, one, three],
      [two, three, one],
      [three, one, two],
      [three, two, one],
    ])
      assert.deepEqual(mergeTexts(base, ...sides), clean(expected));
});

test('[MRG-5] of several that changed one line each stays, equal ones once, in order', () => {
  assert.deepEqual(
    mergeTexts('1\n2\n3', '1\nx\n3', '1\ny\n3', '1\nx\n3', '1\nz\n3'),
    conflict('1\nx\ny\nz\n3'),
  );
  assert.deepEqual(mergeTexts('1\n3', '1\nx\n3', '1\n3\n4', '1\nx\n3'), clean('1\nx\n3\n4'));
  assert.deepEqual(mergeTexts('1\n2', '1\nx', '1', '1\nx'), conflict('1\nx'));
  assert.deepEqual(mergeTexts('1', '1\n', '1\n\n'), clean('1\n\n'));
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

test('[MRG-5] of any number of sides nothing that one wrote is lost, and no line comes from nowhere', () => {
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 5 }), (base, sides) => {
      const merged = mergeTexts(base, ...sides);
      const old = new Set(linesOf(base));
      const result = new Set(linesOf(merged.text));
      const known = new Set([base, ...sides].flatMap(linesOf));
      for (const line of sides.flatMap(linesOf))
        assert.ok(line === '' || old.has(line) || result.has(line), line);
      for (const line of result) assert.ok(known.has(line), line);
      assert.deepEqual(mergeTexts(base, ...sides, ...sides, base), merged);
      assert.deepEqual(mergeTexts(base, merged.text, base), clean(merged.text));
      if (!merged.conflict) assert.deepEqual(mergeTexts(base, ...sides.toReversed()), merged);
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-5] edits of different lines by three sides all take effect and are no conflict, in any order', () => {
  fc.assert(
    fc.property(edits, (each) => {
      const base = each.map((_, line) => `line ${line}`);
      const editedBy = (sides: readonly number[]) =>
        each
          .flatMap(({ act, side }, line) => {
            const kept = `line ${line}`;
            if (!sides.includes(side) || act === 'keep') return [kept];
            if (act === 'delete') return [];
            return act === 'replace' ? [`new ${line}`] : [`new ${line}`, kept];
          })
          .join('\n');
      const [one, two, three] = [editedBy([0]), editedBy([1]), editedBy([2])];
      const all = clean(editedBy([0, 1, 2]));
      assert.deepEqual(mergeTexts(base.join('\n'), one, two, three), all);
      assert.deepEqual(mergeTexts(base.join('\n'), three, one, two), all);
      assert.deepEqual(mergeTexts(base.join('\n'), two, three, one), all);
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
