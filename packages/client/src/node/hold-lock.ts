import type { Clock } from '../platform/clock.ts';
import type { HoldLock } from '../platform/hold-lock.ts';
import { tryLockFile } from './lock-file.ts';

const askAgainMs = 25;

/** Between the processes that share a home. */
export function createHoldLock(path: string, clock: Pick<Clock, 'sleep'>): HoldLock {
  return {
    share: async (work) => {
      let letGo = tryLockFile(path, 'shared');
      while (letGo === null) {
        await clock.sleep(askAgainMs);
        letGo = tryLockFile(path, 'shared');
      }
      try {
        return await work();
      } finally {
        letGo();
      }
    },
    tryAlone: () => tryLockFile(path, 'alone'),
    pause: (signal) => clock.sleep(askAgainMs, signal),
  };
}
