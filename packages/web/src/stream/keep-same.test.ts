import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepSame } from './keep-same.ts';

test('a row that says the same stays the same object', () => {
  const before = [
    { id: 'a', text: 'one' },
    { id: 'b', text: 'two' },
  ];
  const kept = keepSame(before, [
    { id: 'b', text: 'changed' },
    { id: 'a', text: 'one' },
  ]);
  assert.equal(kept[1], before[0]);
  assert.notEqual(kept[0], before[1]);
  assert.equal(kept[0]?.text, 'changed');
});
