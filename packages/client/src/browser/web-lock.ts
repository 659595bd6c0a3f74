import { DataansError } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { SyncLock } from '../platform/sync-lock.ts';

/** A lock between tabs and workers of one origin. The browser lets go of it when its holder is gone. */
export function createWebLock(name: string, locks: LockManager, clock: Clock): SyncLock {
  return {
    hold: async (waitMs, work) => {
      const waiting = new AbortController();
      const granted = new AbortController();
      void clock.sleep(waitMs, granted.signal).then(() => waiting.abort());
      try {
        return await locks.request(name, { signal: waiting.signal }, () => {
          granted.abort();
          return work();
        });
      } catch (error) {
        if (granted.signal.aborted) throw error;
        throw new DataansError('busy', 'Another tab or window is syncing right now.', {
          advice: 'Wait until it has ended and try again.',
          cause: error,
        });
      }
    },
  };
}
