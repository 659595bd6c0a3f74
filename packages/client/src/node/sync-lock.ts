import { DataansError } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { SyncLock } from '../platform/sync-lock.ts';
import { tryLockFile } from './lock-file.ts';

const askAgainMs = 25;

/** A lock between processes. */
export function createSyncLock(path: string, clock: Clock): SyncLock {
  return {
    hold: async (waitMs, work, signal) => {
      const letGo = await acquire(path, clock, waitMs, signal);
      try {
        return await work();
      } finally {
        letGo();
      }
    },
  };
}

async function acquire(
  path: string,
  clock: Clock,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<() => void> {
  const lastMs = clock.now() + waitMs;
  for (;;) {
    signal?.throwIfAborted();
    const letGo = tryLockFile(path, 'alone');
    if (letGo !== null) return letGo;
    if (clock.now() >= lastMs)
      throw new DataansError('busy', 'Another Dataans command is syncing right now.', {
        advice: 'Wait for it to finish, then try again.',
      });
    await clock.sleep(askAgainMs, signal);
  }
}
