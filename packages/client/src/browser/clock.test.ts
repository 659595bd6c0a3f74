import { test } from 'node:test';
import { createBrowserClock } from './clock.ts';

const farAwayMs = 1_000_000;

test('a sleep ends when its time is over', () => createBrowserClock().sleep(1));

test('a sleep ends at once when it is aborted', async () => {
  const waking = new AbortController();
  const asleep = createBrowserClock().sleep(farAwayMs, waking.signal);
  waking.abort();
  await asleep;
});

test('a sleep that was aborted before it began does not begin', () =>
  createBrowserClock().sleep(farAwayMs, AbortSignal.abort()));
