import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainFileFault, faultCode } from './file-faults.ts';

/**
 * Makes a folder and those above it that are missing, for their owner only.
 *
 * @throws DataansError `storage-unusable` or `storage-full`
 */
export function makeFolder(directory: string): void {
  try {
    makeMissing(directory);
  } catch (error) {
    throw explainFileFault(error, directory);
  }
}

/** One by one: Node's own `recursive` never ends below a folder like /proc, where nothing can be made. */
function makeMissing(directory: string): void {
  if (isFolder(directory)) return;
  makeMissing(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (faultCode(error) !== 'EEXIST' || !isFolder(directory)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
