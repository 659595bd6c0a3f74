import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstWords } from './first-words.ts';

for (const [text, expected] of [
  ['# Shopping list\n\n- milk', 'Shopping list'],
  ['\n\n---\n- [ ] Call Марія (today)', 'Call Марія (today)'],
  ['../../etc/passwd', 'etc passwd'],
  ['**Bold** and `code`', 'Bold and code'],
  ['', ''],
  ['---\n***\n', ''],
] as const) {
  test(`${JSON.stringify(text)} is called ${JSON.stringify(expected)}`, () => {
    assert.equal(firstWords(text), expected);
  });
}

test('a long first line is cut between words', () => {
  assert.equal(firstWords('word '.repeat(40)), 'word '.repeat(12).trim());
});

test('whatever the text, the title is short, well-formed and on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      const title = firstWords(text);
      assert.equal(title.length <= 60 && title.isWellFormed(), true);
      assert.doesNotMatch(title, /[\n/\\]/);
    }),
  );
});
