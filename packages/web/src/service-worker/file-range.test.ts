import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRange } from './file-range.ts';

for (const [header, expected] of [
  [null, { kind: 'whole', from: 0, to: 1000 }],
  ['bytes=0-', { kind: 'part', from: 0, to: 1000 }],
  ['bytes=0-1', { kind: 'part', from: 0, to: 2 }],
  ['bytes=900-', { kind: 'part', from: 900, to: 1000 }],
  ['bytes=900-5000', { kind: 'part', from: 900, to: 1000 }],
  ['bytes=-100', { kind: 'part', from: 900, to: 1000 }],
  ['bytes=-5000', { kind: 'part', from: 0, to: 1000 }],
  ['bytes=1000-', { kind: 'none' }],
  ['bytes=-0', { kind: 'none' }],
  ['bytes=5-2', { kind: 'whole', from: 0, to: 1000 }],
  ['bytes=0-1,5-6', { kind: 'whole', from: 0, to: 1000 }],
  ['lines=1-2', { kind: 'whole', from: 0, to: 1000 }],
  ['bytes=-', { kind: 'whole', from: 0, to: 1000 }],
] as const)
  test(`${header} of 1000 bytes is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(readRange(header, 1000), expected);
  });

test('of an empty file there is no part', () => {
  assert.deepEqual(readRange('bytes=0-', 0), { kind: 'none' });
  assert.deepEqual(readRange(null, 0), { kind: 'whole', from: 0, to: 0 });
});
