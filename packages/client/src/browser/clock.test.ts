import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBrowserClock } from './clock.ts';

const farAwayMs = 1_000_000;

test('a sleep ends when its time is over, and not before', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let isOver = false;
  const asleep = createBrowserClock()
    .sleep(100)
    .then(() => (isOver = true));
  t.mock.timers.tick(99);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(isOver, false);
  t.mock.timers.tick(1);
  await asleep;
});

test('a sleep ends at once when it is aborted', async () => {
  const waking = new AbortController();
  const asleep = createBrowserClock().sleep(farAwayMs, waking.signal);
  waking.abort();
  await asleep;
});

test('a sleep that was aborted before it began does not begin', () =>
  createBrowserClock().sleep(farAwayMs, AbortSignal.abort()));

test('a sleep of nothing lets go first what waited already, and needs no timer', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const order: string[] = [];
  const { port1, port2 } = new MessageChannel();
  const heard = new Promise<void>((resolve) => {
    port1.addEventListener('message', () => {
      order.push('asked');
      port1.close();
      resolve();
    });
  });
  port1.start();
  port2.postMessage(null);
  await createBrowserClock().sleep(0);
  order.push('went on');
  await heard;
  assert.deepEqual(order, ['asked', 'went on']);
});
