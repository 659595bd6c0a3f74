import { spawn } from 'node:child_process';
import { childEnvironment } from '@dataans/client/node';
import type { Environment } from '../surroundings.ts';

/**
 * Asks the system to show an address in the person's browser. Says nothing of whether it did: the address has been
 * printed too. No shell reads it.
 */
export function openBrowser(
  address: string,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): void {
  const [program, ...args] = openerFor(platform, environment);
  const child = spawn(program, [...args, address], {
    env: childEnvironment(environment),
    stdio: 'ignore',
    detached: true,
    windowsHide: true,
  });
  child.on('error', () => undefined); // Not installed: the person opens it.
  child.unref();
}

export function openerFor(
  platform: NodeJS.Platform,
  environment: Environment,
): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      // By its whole path: by its name alone one in the current folder would be taken.
      return [
        `${environment['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\rundll32.exe`,
        'url.dll,FileProtocolHandler',
      ];
    default:
      return ['xdg-open'];
  }
}
