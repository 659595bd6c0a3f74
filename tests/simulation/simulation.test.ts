import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examples } from './examples.ts';
import { hookProduct } from './product/hook-product.ts';

hookProduct(null);
// The product may only be loaded from here on.
const { runSeed } = await import('./world/run-seed.ts');
const { unbounded } = await import('./world/plan.ts');

/** `npm run simulate` runs as many as one likes. */
const seeds = 80;

test(`whatever befalls devices, network and server, nothing is lost: ${seeds} worlds`, async () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { failures } = await runSeed(seed);
    assert.deepEqual(failures, [], `npm run simulate -- --seed ${seed} --trace`);
  }
});

for (const { seed, stepsMax, without, found } of examples)
  test(`what was found once is not there any more: ${found}`, async () => {
    const { failures } = await runSeed(seed, { bounds: { ...unbounded, stepsMax, without } });
    assert.deepEqual(failures, []);
  });

test('a seed is the same world each time', async () => {
  for (const seed of [7, 8, 9]) {
    const [first, second] = [await runSeed(seed), await runSeed(seed)];
    assert.ok(first.events > 50);
    assert.equal(first.digest, second.digest);
  }
});
