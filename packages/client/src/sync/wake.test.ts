import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../platform/clock.ts';
import { createWake } from './wake.ts';

/** A clock whose sleeps end only when they are aborted, or when `end` is called; it counts them. */
function createSleepyClock() {
  const sleeps: { readonly ms: number; readonly end: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleeps.push({ ms, end: resolve });
        signal?.addEventListener('abort', () => {
          resolve();
        });
      }),
  };
  return { clock, sleeps };
}

const never = new AbortController().signal;

test('a signal that comes before somebody waits is not lost, and wakes once', async () => {
  const { clock, sleeps } = createSleepyClock();
  const wake = createWake(clock);
  wake.signal();
  wake.signal();
  const atOnce = wake.wait(1_000, never);
  assert.equal(sleeps.length, 0);
  await atOnce;
  const waiting = wake.wait(1_000, never);
  assert.equal(sleeps.length, 1);
  wake.signal();
  await waiting;
});

test('a signal while somebody waits ends that wait and not the next one', async () => {
  const { clock, sleeps } = createSleepyClock();
  const wake = createWake(clock);
  const first = wake.wait(1_000, never);
  wake.signal();
  await first;
  const second = wake.wait(2_000, never);
  assert.deepEqual(
    sleeps.map(({ ms }) => ms),
    [1_000, 2_000],
  );
  sleeps[1]?.end();
  await second;
});

test('a wait ends when it is aborted', async () => {
  const { clock } = createSleepyClock();
  const abort = new AbortController();
  const waiting = createWake(clock).wait(1_000, abort.signal);
  abort.abort();
  await waiting;
});
