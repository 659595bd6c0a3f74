import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findClosest } from './closest.ts';

const candidates = ['abandon', 'ability', 'able'];

for (const [text, closest] of [
  ['abandn', 'abandon'],
  ['ABANDON', 'abandon'],
  ['abilityy', 'ability'],
  ['abel', 'able'],
  ['table', 'able'],
  ['zebra', null],
  ['', null],
] as const)
  test(`the closest to “${text}” is ${closest ?? 'none'}`, () => {
    assert.equal(findClosest(text, candidates), closest);
  });

test('a longer text may hold more mistakes, and of equally close candidates the first is taken', () => {
  assert.equal(findClosest('DATAANS_PBLCURL', ['DATAANS_PUBLIC_URL']), 'DATAANS_PUBLIC_URL');
  assert.equal(findClosest('cat', ['bat', 'hat']), 'bat');
  assert.equal(findClosest('cat', []), null);
});
