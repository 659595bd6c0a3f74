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
