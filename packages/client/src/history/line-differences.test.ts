import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withNote } from '../testing/test-notebook.ts';
import { randomUuid } from '../testing/test-store.ts';
import { findLineDifferences, type LineDifference } from './line-differences.ts';
import { readDifference } from './read-difference.ts';

/** `-` and `+` before lines that went and came, with what differs in brackets. */
function show(differences: readonly LineDifference[]): readonly string[] {
  return differences.map((line) => {
    if (line.kind === 'same') return `  ${line.text}`;
    const marked = line.spans.toReversed().reduce((text, { start, end }) => {
      return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
    }, line.text);
    return `${line.kind === 'added' ? '+' : '-'} ${marked}`;
  });
}

test('[HIS-16] lines that were changed show the words that differ, and others as a whole', () => {
  const before = 'Soup\n\n2 onions, 1 leek\nsalt\nold line\n';
  const after = 'Soup\n\n3 onions, 1 leek!\nsalt\nEntirely different\nand more\n';
  assert.deepEqual(show(findLineDifferences(before, after)), [
    '  Soup',
    '  ',
    '- [2] onions, 1 leek',
    '+ [3] onions, 1 leek[!]',
    '  salt',
    '- [old line]',
    '+ [Entirely different]',
    '+ [and more]',
  ]);
  assert.deepEqual(show(findLineDifferences('', 'один\n')), ['+ [один]']);
  assert.deepEqual(show(findLineDifferences('a\n', 'a')), ['  a']);
  assert.deepEqual(show(findLineDifferences('a b', '')), ['- [a b]']);
});

test('[HIS-16] the lines that stay and go are the one text, those that stay and come the other', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b b', 'c, d', '', 'ї e\u0301 😀'))
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const differences = findLineDifferences(before, after);
      const without = (kind: LineDifference['kind']): string =>
        differences
          .filter((line) => line.kind !== kind)
          .map((line) => line.text)
          .join('\n');
      assert.equal(without('added'), before.replace(/\n$/, ''));
      assert.equal(without('removed'), after.replace(/\n$/, ''));
      for (const line of differences)
        if (line.kind !== 'same')
          for (const { start, end } of line.spans) assert.ok(start < end && end <= line.text.length);
    }),
  );
});

test('[HIS-16] two revisions of one note are compared, and no two of different things', async (t) => {
  const { store, notebook, space, note } = await withNote(t, { text: 'one' });
  const [first] = note.heads;
  const [second] = (await notebook.editNote(note, { text: 'one two' })).operations;
  const [ofSpace] = space.heads;
  assert.ok(first !== undefined && second !== undefined && ofSpace !== undefined);
  const { entities } = store;
  assert.deepEqual(show(readDifference(entities, first, second)), ['- one', '+ one[ two]']);
  assert.deepEqual(show(readDifference(entities, null, first)), ['+ [one]']);
  assert.deepEqual(show(readDifference(entities, null, ofSpace)), ['+ [Space]']);
  assert.throws(() => readDifference(entities, ofSpace, second), { code: 'invalid' });
  assert.throws(() => readDifference(entities, randomUuid(), second), { code: 'not-found' });
});
