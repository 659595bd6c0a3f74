import { join } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import type { Environment } from './environment.ts';

const folderName = 'dataans-server';

/**
 * The platform's usual place for what a program keeps for its user. Throws `OperatorError` for a user without a home.
 *
 * @param homeOf asks the system, which may know no home of a user, as of one without an entry in `/etc/passwd`
 */
export function defaultDataFolder(
  environment: Environment,
  platform: NodeJS.Platform,
  homeOf: () => string,
): string {
  const home = (...names: readonly string[]) => join(findHome(homeOf), ...names);
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? home('AppData', 'Local'), folderName);
  if (platform === 'darwin') return home('Library', 'Application Support', folderName);
  return join(environment['XDG_DATA_HOME'] || home('.local', 'share'), folderName);
}

function findHome(homeOf: () => string): string {
  try {
    return homeOf();
  } catch (error) {
    throw new OperatorError(
      `This user has no home folder (${errorText(error)}). Set DATAANS_DATA to a folder.`,
      { cause: error },
    );
  }
}
