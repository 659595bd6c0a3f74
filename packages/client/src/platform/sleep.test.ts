import { test } from 'node:test';
import { sleep } from './sleep.ts';

const farAwayMs = 1_000_000;

test('a sleep ends when its time is over', () => sleep(1));

test('a sleep ends at once when it is aborted', async () => {
  const waking = new AbortController();
  const asleep = sleep(farAwayMs, waking.signal);
  waking.abort();
  await asleep;
});

test('a sleep that was aborted before it began does not begin', () => sleep(farAwayMs, AbortSignal.abort()));
