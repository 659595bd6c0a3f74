import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunOptions } from './options.ts';

const main = join(import.meta.dirname, '..', 'main.ts');

/** Runs the seeds in several processes, each every so many of them. Returns whether any failed. */
export async function shareOut(options: RunOptions): Promise<boolean> {
  const codes = await Promise.all(
    Array.from({ length: options.workers }, (_, worker) => runShare(options, worker)),
  );
  return codes.some((code) => code !== 0);
}

async function runShare(options: RunOptions, worker: number): Promise<number> {
  const { workers, bounds, bug, lastMs } = options;
  const args = [
    `--from=${options.from + worker}`,
    `--stride=${workers}`,
    `--seeds=${options.seeds === Infinity ? 'Infinity' : Math.ceil((options.seeds - worker) / workers)}`,
    ...(lastMs === Infinity ? [] : [`--minutes=${lastMs / 60_000}`]),
    ...(bounds.stepsMax === Infinity ? [] : [`--steps=${bounds.stepsMax}`]),
    ...(bounds.without.length === 0 ? [] : [`--without=${bounds.without.join(',')}`]),
    ...(bounds.present.length === 0 ? [] : [`--with=${bounds.present.join(',')}`]),
    ...(bug === null ? [] : [`--bug=${bug.name}`]),
  ];
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null]; // As Node documents the event.
  return code ?? 1;
}
