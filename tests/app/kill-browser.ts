import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Ends the browser with this profile as a loss of power would: nothing of it is told. Resolves when it is gone. */
export async function killBrowser(profileFolder: string): Promise<void> {
  const pid = findBrowser(profileFolder);
  if (pid === null) throw new Error('No browser has this profile.');
  process.kill(pid, 'SIGKILL');
  while (findBrowser(profileFolder) !== null) await setTimeout(20); // It is no child of this process.
}

/** The one that all others of a browser come from: they say their type. */
function findBrowser(profileFolder: string): number | null {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => {
      const words = readCommand(pid);
      return (
        words.includes(`--user-data-dir=${profileFolder}`) &&
        !words.some((word) => word.startsWith('--type='))
      );
    });
  return found === undefined ? null : Number(found);
}

function readCommand(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // It has just ended.
  }
}
