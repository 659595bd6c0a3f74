import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNodePrimitives } from '../node/primitives.ts';
import { shuffle, shuffleWindows } from './shuffle.ts';

const primitives = createNodePrimitives();
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

test('[FIL-6] shuffled items are all there once, each as likely in any place', () => {
  const rounds = 4_000;
  const counts = numbers(5).map(() => numbers(5).map(() => 0));
  for (let round = 0; round < rounds; round += 1) {
    const shuffled = shuffle(numbers(5), primitives);
    assert.deepEqual(
      shuffled.toSorted((one, other) => one - other),
      numbers(5),
    );
    for (const [place, item] of shuffled.entries()) {
      const row = counts[place];
      if (row !== undefined) row[item] = (row[item] ?? 0) + 1;
    }
  }
  // Each count is expected to be 800, with a deviation of 25: nine of these are left for chance.
  for (const count of counts.flat()) assert.ok(Math.abs(count - rounds / 5) < 230, `${count}`);
});

test('[FIL-6] the order comes from the randomness alone', () => {
  const zeros = { randomBytes: (length: number) => new Uint8Array(length) };
  const ones = { randomBytes: (length: number) => new Uint8Array(length).fill(255) };
  assert.deepEqual(shuffle(numbers(4), zeros), [1, 2, 3, 0]);
  assert.deepEqual(shuffle(numbers(4), ones), [0, 1, 2, 3]);
  assert.deepEqual(shuffle([], zeros), []);
});

test('[FIL-6] windows are shuffled one after another, and only one is taken at a time', () => {
  let taken = 0;
  function* items(): Generator<number> {
    for (; taken < 95;) yield taken++;
  }
  const shuffled = shuffleWindows(items(), 10, primitives);
  assert.ok((shuffled.next().value ?? Infinity) < 10);
  assert.equal(taken, 10);
  const rest = [...shuffled];
  assert.equal(rest.length, 94);
  for (const [place, item] of rest.entries())
    assert.equal(Math.floor(item / 10), Math.floor((place + 1) / 10), `${item}`);
});
