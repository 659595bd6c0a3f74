import type { SyncLock } from '../platform/sync-lock.ts';

/** The right of one tab to have the store open, until it lets go or is gone. // BRW-2 */
export interface Leadership {
  release(): void;
}

/**
 * @param waitMs how long to wait for the tab that leads now; `Infinity` until it is gone
 * @throws DataansError `busy`
 */
export async function takeLeadership(lock: SyncLock, waitMs: number): Promise<Leadership> {
  const taken = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const held = lock.hold(waitMs, () => {
    taken.resolve();
    return released.promise;
  });
  await Promise.race([taken.promise, held]);
  return { release: released.resolve };
}
