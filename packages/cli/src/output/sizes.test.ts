import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatCount } from './sizes.ts';

test('sizes carry the unit that leaves one to three digits', () => {
  assert.deepEqual([0, 1, 999, 1_000, 999_949, 999_950, 1_234_567, 5e13].map(formatBytes), [
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '999.9 kB',
    '1.0 MB',
    '1.2 MB',
    '50.0 TB',
  ]);
});

test('one thing is not many', () => {
  assert.deepEqual([formatCount(1, 'note'), formatCount(7_599, 'note')], ['1 note', '7,599 notes']);
});
