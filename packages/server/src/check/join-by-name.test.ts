import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChunkName } from '@dataans/core';
import { joinByName } from './join-by-name.ts';

const cases: readonly (readonly [left: string, right: string, joined: readonly string[]])[] = [
  ['', '', []],
  ['ab', '', ['a-', 'b-']],
  ['', 'ab', ['-a', '-b']],
  ['abd', 'bce', ['a-', 'bb', '-c', 'd-', '-e']],
  ['abc', 'abc', ['aa', 'bb', 'cc']],
  ['c', 'ab', ['-a', '-b', 'c-']],
];

for (const [left, right, joined] of cases)
  test(`[SRV-94] the lists “${left}” and “${right}” are gone through side by side`, async () => {
    const found = await Array.fromAsync(
      joinByName(listOf(left), listOf(right)),
      (one) => (one.left?.name ?? '-') + (one.right?.name ?? '-'),
    );
    assert.deepEqual(found, joined);
  });

async function* listOf(names: string) {
  // Only their order matters here.
  for (const name of names) yield { name: name as ChunkName, size: 1 };
}
