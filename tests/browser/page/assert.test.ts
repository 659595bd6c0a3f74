import nodeAssert from 'node:assert/strict';
import { test } from 'node:test';
import assert from './assert.ts';

const different: readonly (readonly [unknown, unknown])[] = [
  [1, 2],
  [0, -0],
  [1, '1'],
  [null, undefined],
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: undefined }, { b: undefined }],
  [
    [1, 2],
    [1, 2, 3],
  ],
  [[], {}],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 3)],
  [Uint8Array.of(1), [1]],
  [new Map([['a', 1]]), new Map([['a', 2]])],
  [new Set([1]), new Set([2])],
];

const same: readonly (readonly [unknown, unknown])[] = [
  [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
  [new Map([['a', [1]]]), new Map([['a', [1]]])],
  [NaN, NaN],
];

test('the assertions of the page tell apart what those of Node tell apart', () => {
  for (const [left, right] of different) {
    nodeAssert.throws(() => assert.deepEqual(left, right));
    nodeAssert.throws(() => nodeAssert.deepEqual(left, right));
  }
  for (const [left, right] of same) assert.deepEqual(left, right);
  nodeAssert.throws(() => assert.equal({}, {}));
  nodeAssert.throws(() => assert.ok(''));
});

test('the assertions of the page notice an error that is missing or another one', async () => {
  const fail = () => {
    throw new RangeError('too far');
  };
  nodeAssert.throws(() => assert.throws(() => 1));
  nodeAssert.throws(() => assert.throws(fail, TypeError));
  nodeAssert.throws(() => assert.throws(fail, /too near/));
  nodeAssert.throws(() => assert.throws(fail, { message: 'too near' }));
  await nodeAssert.rejects(assert.rejects(Promise.resolve()));
  await nodeAssert.rejects(assert.rejects(Promise.reject(new RangeError('too far')), TypeError));
  assert.throws(fail, RangeError);
  assert.throws(fail, /too far/);
  await assert.rejects(Promise.reject(new RangeError('too far')), { message: /far/ });
});
