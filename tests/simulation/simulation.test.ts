import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hookProduct } from './product/hook-product.ts';

hookProduct(null);
// The product may only be loaded from here on.
const { runSeed } = await import('./world/run-seed.ts');

/** `npm run simulate` runs as many as one likes. */
const seeds = 120;

test(`whatever befalls devices, network and server, nothing is lost: ${seeds} worlds`, async () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { failures } = await runSeed(seed);
    assert.deepEqual(failures, [], `npm run simulate -- --seed ${seed} --trace`);
  }
});

test('a seed is the same world each time', async () => {
  for (const seed of [7, 8, 9]) {
    const [first, second] = [await runSeed(seed), await runSeed(seed)];
    assert.ok(first.events > 50);
    assert.equal(first.digest, second.digest);
  }
});
