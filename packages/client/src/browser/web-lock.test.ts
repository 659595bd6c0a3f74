import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBrowserClock } from './clock.ts';
import { createWebLock } from './web-lock.ts';

const longMs = 60_000;

function createLock(name: string) {
  return createWebLock(name, navigator.locks, createBrowserClock());
}

test('work that waits for the lock runs when the holder is done', async () => {
  const order: string[] = [];
  const letGo = Promise.withResolvers<void>();
  const lock = createLock('in-turn');
  const first = lock.hold(longMs, async () => {
    await letGo.promise;
    order.push('first');
  });
  const second = lock.hold(longMs, () => Promise.resolve(order.push('second')));
  letGo.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ['first', 'second']);
});

test('whoever waited long enough is told that the lock is taken, and the holder keeps it', async () => {
  const letGo = Promise.withResolvers<void>();
  const lock = createLock('taken');
  const first = lock.hold(longMs, async () => {
    await letGo.promise;
    return 'done';
  });
  await assert.rejects(
    lock.hold(1, () => Promise.resolve()),
    { code: 'busy' },
  );
  letGo.resolve();
  assert.equal(await first, 'done');
});

test('an error of the work is passed on as it is, and the lock is free again', async () => {
  const lock = createLock('failing');
  await assert.rejects(
    lock.hold(longMs, () => Promise.reject(new RangeError('of the work'))),
    RangeError,
  );
  assert.equal(await lock.hold(longMs, () => Promise.resolve('free')), 'free');
});
