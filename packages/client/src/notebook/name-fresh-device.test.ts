import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextName } from './name-fresh-device.ts';

test('[STO-19] a device that takes the place of another one gets its name with the next free number', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['Laptop', ['Laptop'], 'Laptop (2)'],
    ['Laptop', ['Laptop', 'Laptop (2)', 'Laptop (4)'], 'Laptop (3)'],
    ['Laptop (2)', ['Laptop', 'Laptop (2)'], 'Laptop (3)'],
    ['Laptop (old)', [], 'Laptop (old) (2)'],
    ['', [''], ' (2)'],
    ['é'.repeat(500), [], `${'é'.repeat(100)} (2)`],
  ];
  for (const [name, taken, expected] of cases) assert.equal(nextName(name, new Set(taken)), expected);
});
