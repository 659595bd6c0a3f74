import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSame } from './is-same.ts';

test('plain values are the same by what is in them', () => {
  assert.ok(isSame({ a: [1, { b: null }] }, { a: [1, { b: null }] }));
  assert.ok(isSame(Uint8Array.of(1, 2), Uint8Array.of(1, 2)));
  assert.ok(isSame(new Map([['a', [1]]]), new Map([['a', [1]]])));
  assert.ok(isSame(NaN, NaN));
});

test('plain values differ by a member, an order, a length or a kind', () => {
  const different: readonly (readonly [unknown, unknown])[] = [
    [1, '1'],
    [null, undefined],
    [{ a: 1 }, { a: 2 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [Uint8Array.of(1), Uint8Array.of(2)],
    [new Map([['a', 1]]), new Map([['a', 2]])],
  ];
  for (const [left, right] of different) assert.equal(isSame(left, right), false);
});
