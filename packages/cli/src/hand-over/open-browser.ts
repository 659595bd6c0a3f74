import { spawn } from 'node:child_process';
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
  const [program, ...args] = openerFor(platform);
  const child = spawn(program, [...args, address], {
    env: { ...environment },
    stdio: 'ignore',
    detached: true,
    windowsHide: true,
  });
  child.on('error', () => undefined); // Not installed: the person opens it.
  child.unref();
}

export function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
