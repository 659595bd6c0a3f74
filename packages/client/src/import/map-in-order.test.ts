import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapInOrder } from './map-in-order.ts';

test('results come in the order of the items, with no more than the bound in the making', async () => {
  let running = 0;
  let most = 0;
  const results = mapInOrder([5, 1, 4, 2, 3, 0], 3, async (turns) => {
    most = Math.max(most, (running += 1));
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    running -= 1;
    return turns;
  });
  assert.deepEqual(await Array.fromAsync(results), [5, 1, 4, 2, 3, 0]);
  assert.equal(most, 3);
});

test('an error is thrown in its turn, and what was begun is waited for', async () => {
  const ended: number[] = [];
  const seen: number[] = [];
  const results = mapInOrder([1, 2, 3, 4], 3, async (item) => {
    await Promise.resolve();
    ended.push(item);
    if (item === 2) throw new Error('two');
    return item;
  });
  await assert.rejects(async () => {
    for await (const result of results) seen.push(result);
  }, /two/);
  assert.deepEqual(seen, [1]);
  assert.deepEqual(ended, [1, 2, 3, 4]);
});

test('whoever stops in between goes on only when what was begun has ended', async () => {
  const second = Promise.withResolvers<number>();
  const results = mapInOrder([1, 2], 2, (item) => (item === 1 ? Promise.resolve(1) : second.promise));
  let hasStopped = false;
  const stopping = (async () => {
    for await (const result of results) if (result === 1) break;
    hasStopped = true;
  })();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(hasStopped, false);
  second.resolve(2);
  await stopping;
});
