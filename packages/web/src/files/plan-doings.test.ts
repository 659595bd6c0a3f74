import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planDoings } from './plan-doings.ts';

test('what one can do with a file follows from where it is', () => {
  const moving = { doneBytes: 1, totalBytes: 2 };
  assert.deepEqual(planDoings({ kind: 'here' }), ['save', 'release']);
  assert.deepEqual(planDoings({ kind: 'elsewhere' }), ['fetch', 'save']);
  assert.deepEqual(planDoings({ kind: 'damaged' }), ['fetch', 'save']);
  assert.deepEqual(planDoings({ kind: 'fetching', ...moving }), ['cancel', 'save']);
  assert.deepEqual(planDoings({ kind: 'waiting', to: 'fetch' }), ['cancel', 'save']);
  assert.deepEqual(planDoings({ kind: 'sending', ...moving }), ['save']);
  assert.deepEqual(planDoings({ kind: 'waiting', to: 'send' }), ['save']);
  assert.deepEqual(planDoings(null), ['save']);
});
