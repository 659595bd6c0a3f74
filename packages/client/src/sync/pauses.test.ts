import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPauses } from './pauses.ts';

/** Sleeps that end only when they are aborted; it counts them. */
function createDeepSleep() {
  const sleeps = { begun: 0 };
  const sleep = (_ms: number, signal?: AbortSignal): Promise<void> => {
    sleeps.begun += 1;
    return new Promise((resolve) => {
      signal?.addEventListener('abort', () => {
        resolve();
      });
    });
  };
  return { sleep, sleeps };
}

const never = new AbortController().signal;

test('[SYN-24] whoever asks for another attempt ends every pause at once', async () => {
  const { sleep } = createDeepSleep();
  const pauses = createPauses({ sleep });
  const paused = [1_000, 60_000].map((ms) => pauses.pause(ms, pauses.ended(), never));
  pauses.end();
  assert.deepEqual(await Promise.all(paused), [true, true]);
});

test('[SYN-24] an attempt that was under way when another was asked for is followed by no pause', async () => {
  const { sleep, sleeps } = createDeepSleep();
  const pauses = createPauses({ sleep });
  const asOf = pauses.ended();
  pauses.end();
  assert.equal(await pauses.pause(60_000, asOf, never), true);
  assert.equal(sleeps.begun, 0);
  void pauses.pause(60_000, pauses.ended(), never);
  assert.equal(sleeps.begun, 1);
});

test('a pause that is aborted was not ended by anybody', async () => {
  const { sleep } = createDeepSleep();
  const pauses = createPauses({ sleep });
  const abort = new AbortController();
  const paused = pauses.pause(60_000, pauses.ended(), abort.signal);
  abort.abort();
  assert.equal(await paused, false);
});
