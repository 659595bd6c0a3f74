import { DatabaseSync } from 'node:sqlite';
import { DataansError } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { SyncLock } from '../platform/sync-lock.ts';
import { createPrivateFile } from './private-file.ts';
import { isBusy } from './sqlite-fault.ts';

const askAgainMs = 25;

/**
 * A lock between processes: an exclusive SQLite transaction on a file that stays empty. The
 * operating system lets go of it when its holder dies, however that happens.
 */
export function createSyncLock(path: string, clock: Clock): SyncLock {
  return {
    hold: async (waitMs, work, signal) => {
      const held = await acquire(path, clock, waitMs, signal);
      try {
        return await work();
      } finally {
        held.close();
      }
    },
  };
}

async function acquire(
  path: string,
  clock: Clock,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<DatabaseSync> {
  const lastMs = clock.now() + waitMs;
  for (;;) {
    signal?.throwIfAborted();
    const held = tryAcquire(path);
    if (held !== null) return held;
    if (clock.now() >= lastMs)
      throw new DataansError('busy', 'Another Dataans command is syncing right now.', {
        advice: 'Wait for it to finish, then try again.',
      });
    await clock.sleep(askAgainMs, signal);
  }
}

/** `null` where somebody else holds it. */
function tryAcquire(path: string): DatabaseSync | null {
  createPrivateFile(path);
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw unusable(path, error);
  }
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): DataansError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DataansError('storage-unusable', `Can't use ${path}: ${reason}.`, {
    advice: 'Check that the folder exists and that you can write to it.',
    cause,
  });
}
