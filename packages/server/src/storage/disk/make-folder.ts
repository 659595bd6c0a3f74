import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrorCode } from '../../system-error.ts';
import { folderMode } from './folder-mode.ts';

/**
 * Makes a folder, and those above it that are missing; one that is there stays as it is. Node's own `recursive`
 * tries for ever where a folder exists and takes none, as `/proc` does, or a mount point whose machine is away.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  try {
    mkdirSync(path, { mode: folderMode });
  } catch (error) {
    const parent = dirname(path);
    if (!isErrorCode(error, 'ENOENT') || parent === path || isFolder(parent)) throw error;
    makeFolder(parent);
    mkdirSync(path, { mode: folderMode });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
