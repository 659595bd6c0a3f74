import { closeSync, openSync } from 'node:fs';
import { explainFileFault } from './file-faults.ts';

/** An empty file for its owner only, where there is none. SQLite gives those beside its file the same mode. */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw explainFileFault(error, path);
  }
}
