import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageUse } from '../platform/storage-use.ts';
import { explainFileFault, faultCode } from './file-faults.ts';

/** What is in an app data directory, by what it is for. */
export async function measureStorage(directory: string): Promise<StorageUse> {
  const files = await listFiles(directory);
  const sizes = await Promise.all(
    files.map(async (path) => [path, await sizeOf(join(directory, path))] as const),
  );
  const sum = (isMeant: (path: string) => boolean): number =>
    sizes.reduce((bytes, [path, size]) => (isMeant(path) ? bytes + size : bytes), 0);
  return {
    notesBytes: sum((path) => path.startsWith('store.sqlite')),
    filesBytes: sum((path) => path.startsWith('chunks')),
    quotaBytes: null,
    persisted: true,
  };
}

async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory, { recursive: true });
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    throw explainFileFault(error, directory);
  }
}

/** Nothing for a folder, and for what was removed meanwhile. */
async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : 0;
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return 0;
    throw explainFileFault(error, path);
  }
}
