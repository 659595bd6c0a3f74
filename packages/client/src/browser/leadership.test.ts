import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBrowserClock } from './clock.ts';
import { takeLeadership } from './leadership.ts';
import { createWebLock } from './web-lock.ts';

function createLock(name: string) {
  return createWebLock(name, navigator.locks, createBrowserClock());
}

test('there is one leader: the next one waits until it lets go, or is told', async () => {
  const lock = createLock('leaders');
  const first = await takeLeadership(lock, 0);
  await assert.rejects(takeLeadership(lock, 0), { code: 'busy' });
  const waiting = takeLeadership(lock, Infinity);
  first.release();
  const second = await waiting;
  await assert.rejects(takeLeadership(lock, 0), { code: 'busy' });
  second.release();
});
