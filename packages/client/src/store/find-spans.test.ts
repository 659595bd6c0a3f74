import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findSpans } from './find-spans.ts';
import { foldText } from './fold-text.ts';

function marked(text: string, ...words: readonly string[]): readonly string[] {
  return findSpans(text, words.map(foldText), 100).map(({ start, end }) => text.slice(start, end));
}

test('[STO-44] the places of words are those in the text as it was written', () => {
  assert.deepEqual(marked('Tomato soup, tomatoes', 'TOMATO'), ['Tomato', 'tomato']);
  assert.deepEqual(marked('Žluťoučký kůň', 'zlut', 'kun'), ['Žluť', 'kůň']);
  assert.deepEqual(marked('in der Straße', 'strasse'), ['Straße']);
  assert.deepEqual(marked('Donau\u{ad}dampf\u{ad}schiff', 'dampf'), ['dampf\u{ad}']);
  assert.deepEqual(marked('cafe\u0301 ﬁn', 'café', 'fin'), ['cafe\u0301', 'ﬁn']);
  assert.deepEqual(marked('買い物リスト', '物'), ['物']);
  assert.deepEqual(marked('first\nsecond\r\nthird', 'third', 'second'), ['second', 'third']);
  assert.deepEqual(marked('aaaa', 'aa'), ['aaaa']);
  assert.deepEqual(marked('nothing', 'x'), []);
  assert.equal(findSpans('a '.repeat(50), ['a'], 7).length, 7);
});

test('[STO-44] what a span marks has one of the words in it, in order and without overlaps', () => {
  const letter = fc.constantFrom(
    'a',
    'b',
    'Ä',
    'ß',
    'и',
    '\u0306',
    'й',
    ' ',
    '\n',
    '\u{ad}',
    '𝔘',
    'ﬁ',
    '각',
    'ᆨ',
    '가',
  );
  const text = fc.string({ unit: letter, maxLength: 20 });
  const word = fc
    .string({ unit: letter, minLength: 1, maxLength: 2 })
    .map((given) => foldText(given).replaceAll(/\s/g, ''))
    .filter((folded) => folded !== '');
  fc.assert(
    fc.property(text, fc.array(word, { minLength: 1, maxLength: 2 }), (given, words) => {
      const spans = findSpans(given, words, 100);
      let end = 0;
      for (const span of spans) {
        assert.ok(span.start >= end && span.end > span.start && span.end <= given.length);
        end = span.end;
        const folded = foldText(given.slice(span.start, span.end));
        assert.ok(words.some((each) => folded.includes(each)));
      }
      const isFound = given.split('\n').some((line) => words.some((each) => foldText(line).includes(each)));
      assert.equal(spans.length > 0, isFound);
    }),
    { numRuns: 500 },
  );
});
