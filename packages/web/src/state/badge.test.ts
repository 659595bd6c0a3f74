import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showBadge } from './badge.ts';

test('the icon says how many changes wait, and nothing when none do', () => {
  const shown: (number | null)[] = [];
  const browser = {
    setAppBadge: async (count: number) => void shown.push(count),
    clearAppBadge: async () => void shown.push(null),
  };
  for (const waiting of [3, 0]) showBadge(browser, waiting);
  assert.deepEqual(shown, [3, null]);
  showBadge({}, 1); // A browser that has none.
});
