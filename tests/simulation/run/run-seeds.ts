import type { PlanBounds } from '../world/plan.ts';
import { runSeed, type SeedResult } from '../world/run-seed.ts';
import type { RunOptions } from './options.ts';
import { shrink } from './shrink.ts';

/** Seeds that failed are made short and told; more than these are only counted. */
const shrunkMax = 5;
const progressEvery = 500;

/** Runs the seeds one after another. Returns whether any failed. */
export async function runSeeds(options: RunOptions): Promise<boolean> {
  const started = performance.now();
  const failed: number[] = [];
  let done = 0;
  for (; done < options.seeds && performance.now() - started < options.lastMs; done += 1) {
    const seed = options.from + done * options.stride;
    const run = (bounds: PlanBounds): Promise<SeedResult> => runSeed(seed, { bounds });
    const result = await runSeed(seed, {
      bounds: options.bounds,
      ...(options.trace ? { onTraceLine: print } : {}),
    });
    if (options.seeds === 1) print(describeResult(result));
    if ((done + 1) % progressEvery === 0) print(`${done + 1} seeds, the last one ${seed}`);
    if (result.failures.length === 0) continue;
    failed.push(seed);
    if (options.untilFailure) {
      print(`seed ${seed} failed:\n  ${result.failures.join('\n  ')}`);
      break;
    }
    if (options.trace || failed.length > shrunkMax) continue;
    print(`seed ${seed} failed:\n  ${result.failures.join('\n  ')}`);
    const short = await shrink(run, result, options.bounds);
    print(`the shortest history that fails:\n  ${short.result.failures.join('\n  ')}`);
    print(`  npm run simulate -- --seed ${seed}${boundsToArgs(short.bounds)}${bugToArgs(options)} --trace`);
  }
  const seconds = (performance.now() - started) / 1_000;
  print(
    `${done} seeds, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(' ')}` : ''}; ${seconds.toFixed(1)} s`,
  );
  return failed.length > 0;
}

function describeResult({ seed, digest, steps, events, requests, troubles }: SeedResult): string {
  return `seed ${seed}: ${steps} steps, ${events} events, ${requests} requests, trace ${digest}, with ${troubles.join(', ')}`;
}

function boundsToArgs({ stepsMax, without, present }: PlanBounds): string {
  const lists = [
    ...(present.length > 0 ? [` --with ${present.join(',')}`] : []),
    ...(without.length > 0 ? [` --without ${without.join(',')}`] : []),
  ];
  return ` --steps ${stepsMax}${lists.join('')}`;
}

function bugToArgs({ bug }: RunOptions): string {
  return bug === null ? '' : ` --bug '${bug.name}'`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
