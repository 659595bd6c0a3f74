import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { runLiveQuery } from './live-query.ts';

/** A question whose answer the test sets, and whose rests it ends. */
function makeQuestion() {
  const world = { answer: 1 as number | Error, asked: 0, told: [] as number[], failed: [] as unknown[] };
  const rests: (() => void)[] = [];
  const query = runLiveQuery<number>({
    ask: async () => {
      world.asked += 1;
      if (world.answer instanceof Error) throw world.answer;
      return world.answer;
    },
    tell: (answer) => world.told.push(answer),
    onError: (error) => world.failed.push(error),
    rest: () => new Promise((resolve) => rests.push(resolve)),
  });
  const endRest = async (): Promise<void> => {
    rests.shift()?.();
    await setImmediate();
  };
  return { world, query, endRest };
}

test('[STO-45] an answer is told soon, and after a change only if it is another one', async () => {
  const { world, query, endRest } = makeQuestion();
  assert.deepEqual(world.told, [], 'within the call nothing is told');
  await setImmediate();
  assert.deepEqual(world.told, [1]);
  await endRest();
  query.ask();
  await setImmediate();
  assert.equal(world.asked, 2);
  world.answer = 2;
  await endRest();
  query.ask();
  await setImmediate();
  assert.deepEqual(world.told, [1, 2]);
});

test('[STO-45] changes that follow each other closely are one question', async () => {
  const { world, query, endRest } = makeQuestion();
  await setImmediate();
  for (let change = 0; change < 100; change += 1) query.ask();
  await setImmediate();
  assert.equal(world.asked, 1);
  world.answer = 2;
  await endRest();
  assert.equal(world.asked, 2);
  assert.deepEqual(world.told, [1, 2]);
});

test('[STO-45] a question that fails is told so, and is asked again at the next change', async () => {
  const { world, query, endRest } = makeQuestion();
  const fault = new RangeError('not now');
  world.answer = fault;
  await setImmediate();
  assert.deepEqual(world.failed, [fault]);
  world.answer = 3;
  await endRest();
  query.ask();
  await setImmediate();
  assert.deepEqual(world.told, [3]);
});

test('[STO-45] a query that was stopped is neither asked nor told any more, not even an answer under way', async () => {
  const { world, query, endRest } = makeQuestion();
  query.stop();
  await setImmediate();
  await endRest();
  query.ask();
  await setImmediate();
  assert.deepEqual(world.told, []);
  assert.equal(world.asked, 0);
});
