import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBatches } from './batches.ts';

async function batchSizes(sizes: readonly number[]): Promise<readonly number[]> {
  async function* items(): AsyncGenerator<number> {
    await Promise.resolve();
    yield* sizes;
  }
  const batches = await Array.fromAsync(inBatches(items(), (size) => size));
  assert.deepEqual(batches.flat(), sizes);
  return batches.map((batch) => batch.length);
}

test('[IMP-10] a group ends at 500 items, or when it holds 4,000,000 bytes', async () => {
  assert.deepEqual(await batchSizes([]), []);
  assert.deepEqual(await batchSizes(Array<number>(1_001).fill(1)), [500, 500, 1]);
  assert.deepEqual(await batchSizes([3_999_999, 1, 1, 5_000_000, 2]), [2, 2, 1]);
});
