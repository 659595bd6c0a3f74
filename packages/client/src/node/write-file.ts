import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainFileFault } from './file-faults.ts';
import { isProcessAlive } from './process-alive.ts';
import { renameFile } from './rename-file.ts';

/** Replaces a small file whole or not at all, also in a crash; mode 0600. */
export async function writeFileWhole(path: string, content: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameFile(partial, path);
    for (const left of listPartials(path))
      if (!isProcessAlive(left.pid)) await rm(left.path, { force: true });
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw explainFileFault(error, path);
  }
}

/** What writes of a file have begun and not ended, by whichever process: it may hold what the file holds. */
export function listPartials(path: string): readonly { readonly path: string; readonly pid: number }[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const pattern = /^\.(\d+)\.partial$/;
  const beginning = basename(path);
  return readdirSync(folder)
    .filter((name) => name.startsWith(beginning))
    .flatMap((name) => {
      const pid = pattern.exec(name.slice(beginning.length))?.[1];
      return pid === undefined ? [] : [{ path: join(folder, name), pid: Number(pid) }];
    });
}

/** The content is on disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes what was renamed into a folder survive a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // A folder cannot be opened there, and NTFS journals renames.
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** `syncFolder` for where nobody can wait. */
export function syncFolderNow(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
