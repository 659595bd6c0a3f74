import { rename } from 'node:fs/promises';
import { faultCode } from './file-faults.ts';

/** What Windows answers while another program, a virus scanner say, has the file open. */
const passingCodes: ReadonlySet<string> = new Set(['EPERM', 'EBUSY', 'EACCES']);
const pausesMs = [10, 20, 50, 100, 200, 400, 800];

/** What a rename takes from the machine; for tests. */
export interface RenameSurroundings {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly pause: (ms: number) => Promise<void>;
}

const machine: RenameSurroundings = {
  platform: process.platform,
  rename,
  pause: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};

/** Renames, also over a file that has the name. On Windows it is tried again while others have one of them open. */
export async function renameFile(
  from: string,
  to: string,
  { platform, rename: renameOnce, pause }: RenameSurroundings = machine,
): Promise<void> {
  for (const pauseMs of platform === 'win32' ? pausesMs : []) {
    try {
      return await renameOnce(from, to);
    } catch (error) {
      if (!passingCodes.has(faultCode(error) ?? '')) throw error;
      await pause(pauseMs);
    }
  }
  return renameOnce(from, to);
}
