import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellLength } from './tell-length.ts';

test('a length is told as a clock does', () => {
  assert.deepEqual([0, 9.9, 130, 3599, 3730].map(tellLength), ['0:00', '0:09', '2:10', '59:59', '1:02:10']);
});
