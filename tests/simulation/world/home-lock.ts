import { DataansError } from '@dataans/core';
import type { SyncLock } from '../../../packages/client/src/platform/sync-lock.ts';
import type { Life } from '../engine/life.ts';
import type { Scheduler } from '../engine/scheduler.ts';

const askAgainMs = 25;

/** The lock of a home: whoever holds it lets go of it when its process ends. */
export function createHomeLock(scheduler: Scheduler): (life: Life) => SyncLock {
  let holder: Life | null = null;
  const isHeld = (): boolean => holder?.isAlive() === true;
  return (life) => ({
    hold: async (waitMs, work) => {
      const lastMs = scheduler.now() + waitMs;
      while (isHeld()) {
        if (scheduler.now() >= lastMs) throw new DataansError('busy', 'Somebody else syncs this home.');
        await scheduler.pause(askAgainMs, life);
      }
      holder = life;
      try {
        return await work();
      } finally {
        if (holder === life) holder = null;
      }
    },
  });
}
