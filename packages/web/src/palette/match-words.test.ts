import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchWords } from './match-words.ts';

const best = (typed: string, ...texts: readonly string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: matchWords(typed, text) }))
    .filter(({ score }) => score !== null)
    .toSorted((left, right) => (right.score ?? 0) - (left.score ?? 0))[0]?.text;

test('letters may be left out, but not exchanged', () => {
  assert.equal(matchWords('nn', 'New note') !== null, true);
  assert.equal(matchWords('en', 'New') === null, true);
});

test('beginnings of words come first', () => {
  assert.equal(best('ns', 'Pin this note in space', 'New space'), 'New space');
  assert.equal(best('trash', 'The rash', 'Open trash'), 'Open trash');
});

test('case, accents and blanks make no difference', () => {
  assert.equal(matchWords('Cafe ouvert', 'café ouvert') !== null, true);
});

test('nothing typed answers everything', () => {
  assert.equal(matchWords('', 'Anything') !== null, true);
});
