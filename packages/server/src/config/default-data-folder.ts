import { join } from 'node:path';
import type { Environment } from './environment.ts';

const folderName = 'dataans-server';

/** The platform's usual place for what a program keeps for its user. */
export function defaultDataFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), folderName);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', folderName);
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), folderName);
}
