import { access, constants, statfs } from 'node:fs/promises';
import type { StorageHealth } from '../../stores/storage-health.ts';

/** Whether a folder can be written, and how much still goes in. */
export async function readFolderHealth(path: string): Promise<StorageHealth> {
  try {
    await access(path, constants.W_OK);
    const { bavail, bsize } = await statfs(path);
    return { writable: true, freeBytes: bavail * bsize };
  } catch {
    return { writable: false, freeBytes: null };
  }
}
