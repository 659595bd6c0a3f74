import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runParallel } from './run-parallel.ts';

test('every item is worked on, no more of them at a time than allowed', async () => {
  let running = 0;
  let runningMax = 0;
  const done: number[] = [];
  await runParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    runningMax = Math.max(runningMax, running);
    await new Promise(setImmediate);
    running -= 1;
    done.push(item);
  });
  assert.deepEqual(done, [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(runningMax, 3);
});

test('the first error ends it when what was begun has ended, and takes no more items', async () => {
  let taken = 0;
  let ended = 0;
  function* items(): Generator<number> {
    for (;;) yield taken++;
  }
  const work = async (item: number): Promise<void> => {
    await new Promise(setImmediate);
    ended += 1;
    if (item === 1) throw new Error('broken');
  };
  await assert.rejects(runParallel(items(), 2, work), /broken/);
  assert.equal(ended, taken);
});
