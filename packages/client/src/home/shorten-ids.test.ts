import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import { createIdShortener } from './shorten-ids.ts';

/** Each differs from the next in its first digits; some have a twin that differs in its last one. */
const ids = Array.from({ length: 1_500 }, (_, index) => {
  const digits = index.toString(16).padStart(8, '0');
  // Hexadecimal digits in the right places are one.
  const [first, twin] = ['0', 'f'].map((last) => `${digits}-0000-4000-8000-00000000000${last}` as EntityId);
  return index % 20 === 0 ? [first, twin] : [first];
})
  .flat()
  .filter((id) => id !== undefined);

function createCountedIds() {
  const prefixes: string[] = [];
  return {
    prefixes,
    find: (prefix: string) => {
      prefixes.push(prefix);
      return ids.filter((id) => id.startsWith(prefix));
    },
  };
}

test('[CLI-3] an id in a long list is as short as it is by itself', () => {
  const { find } = createCountedIds();
  assert.deepEqual(
    ids.map(createIdShortener(find)),
    ids.map((id) => createIdShortener(find)(id)),
  );
});

test('the ids of a long list are read at once, not each by itself', () => {
  const { find, prefixes } = createCountedIds();
  const shorten = createIdShortener(find);
  ids.slice(0, 1_000).forEach(shorten);
  prefixes.length = 0;
  ids.slice(1_000).forEach(shorten);
  assert.deepEqual(prefixes, ['']);
});
