import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from './world.ts';

const reporter = new URL('report-peak.mjs', import.meta.url).href;

/** The highest resident memory that a process has had, in MiB, from `/proc`. */
export async function readPeakMiB(pid: number): Promise<number> {
  return statusToPeakMiB(await readFile(`/proc/${pid}/status`, 'utf8'));
}

/** Environment that makes a program leave its peak behind when it ends by itself, and how to read it. */
export function reportPeak(world: World, name: string) {
  const path = join(world.folder, `${name}.status`);
  return {
    env: { NODE_OPTIONS: `--import=${reporter}`, PEAK_REPORT: path },
    readMiB: async () => statusToPeakMiB(await readFile(path, 'utf8')),
  };
}

function statusToPeakMiB(status: string): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new TypeError('This system does not tell the peak of a process.');
  return Number(kibibytes) / 1_024;
}
