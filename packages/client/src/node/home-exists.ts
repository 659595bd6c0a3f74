import { statSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileFault, faultCode } from './file-faults.ts';

const keptFromTheFirstSignIn = ['store.sqlite', 'profile.json'];

/**
 * Whether somebody has signed in here before: `openHome` would make what is missing. Makes nothing.
 *
 * @throws DataansError `storage-unusable` where that cannot be seen
 */
export function homeExists(directory: string): boolean {
  return keptFromTheFirstSignIn.some((name) => {
    try {
      statSync(join(directory, name));
      return true;
    } catch (error) {
      if (faultCode(error) === 'ENOENT') return false;
      throw explainFileFault(error, directory);
    }
  });
}
