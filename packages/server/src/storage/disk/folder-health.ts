import { statfs } from 'node:fs/promises';
import type { Clock } from '../../clock.ts';
import type { StorageFailure, StorageHealth } from '../../stores/storage-health.ts';
import { failureOf } from './disk-error.ts';
import { tryWriting } from './try-writing.ts';

/** Anybody may ask for our health, and must not make us write more often than this. */
const tryEveryMs = 5_000;

/**
 * Whether a folder can be written and how much still goes in. It is tried: rights and free bytes say nothing of a
 * quota, of a disk that takes no more files, of one that went read-only, or of one that is broken. // SRV-28
 */
export function createFolderHealth(folder: string, clock: Pick<Clock, 'now'>): () => Promise<StorageHealth> {
  let wroteAt: number | null = null;
  let trying: Promise<StorageFailure | null> | null = null;

  const tryNow = async (): Promise<StorageFailure | null> => {
    try {
      await tryWriting(folder);
      wroteAt = clock.now();
      return null;
    } catch (error) {
      wroteAt = null;
      return failureOf(error);
    }
  };
  const findFailure = async (): Promise<StorageFailure | null> => {
    const sinceMs = wroteAt === null ? Infinity : clock.now() - wroteAt;
    if (sinceMs >= 0 && sinceMs < tryEveryMs) return null;
    trying ??= tryNow().finally(() => {
      trying = null;
    });
    return trying;
  };

  return async () => ({ failure: await findFailure(), freeBytes: await readFreeBytes(folder) });
}

async function readFreeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
