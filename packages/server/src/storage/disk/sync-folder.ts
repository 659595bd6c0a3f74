import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

// Windows has no such call and needs none.
const isNeeded = process.platform !== 'win32';

/** Makes the names in a folder last through a power cut. */
export async function syncFolder(path: string): Promise<void> {
  if (!isNeeded) return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The same for code that must not be interrupted. */
export function syncFolderNow(path: string): void {
  if (!isNeeded) return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
