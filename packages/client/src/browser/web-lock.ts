import { DataansError } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { SyncLock } from '../platform/sync-lock.ts';

/** A lock between tabs and workers of one origin. The browser lets go of it when its holder is gone. // SYN-12 */
export function createWebLock(name: string, locks: LockManager, clock: Clock): SyncLock {
  return {
    hold: async (waitMs, work, signal) => {
      signal?.throwIfAborted();
      // Asked for with a time limit alone, a free lock may come too late for a short one.
      const atOnce = await locks.request(name, { ifAvailable: true }, async (lock) =>
        lock === null ? null : { result: await work() },
      );
      return atOnce === null ? holdLater(waitMs, work, signal) : atOnce.result;
    },
  };

  async function holdLater<Result>(
    waitMs: number,
    work: () => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    const waiting = new AbortController();
    const granted = new AbortController();
    const giveUp = async (): Promise<void> => {
      await clock.sleep(waitMs, granted.signal);
      waiting.abort();
    };
    if (Number.isFinite(waitMs)) void giveUp();
    const given = signal === undefined ? [] : [signal];
    try {
      return await locks.request(name, { signal: AbortSignal.any([waiting.signal, ...given]) }, () => {
        granted.abort();
        return work();
      });
    } catch (error) {
      if (granted.signal.aborted) throw error;
      granted.abort(); // Nobody waits any more.
      signal?.throwIfAborted();
      throw syncBusy(error);
    }
  }
}

function syncBusy(cause: unknown): DataansError {
  return new DataansError('busy', 'Another tab is syncing right now.', {
    advice: 'Wait for it to finish, then try again.',
    cause,
  });
}
