import { parentPort, workerData } from 'node:worker_threads';
import { createWorld } from '../world/world.ts';
import { runTarget, type Run } from './run-target.ts';
import { createTargets } from './targets/all.ts';

export interface Work {
  readonly seed: string;
  readonly inputs: number;
  /** `null`: all. */
  readonly only: string | null;
  /** Counts the inputs that were begun: whoever watches sees where it hangs. */
  readonly progress: SharedArrayBuffer;
}

export type News =
  | { readonly kind: 'began'; readonly target: string; readonly inputs: number }
  | { readonly kind: 'ended'; readonly run: Run; readonly ms: number };

const { seed, inputs, only, progress } = workerData as Work; // As main.ts gives it.
const begun = new Int32Array(progress);
const cleanUps: (() => Promise<void>)[] = [];
const tell = (news: News): void => parentPort?.postMessage(news);

try {
  const world = await createWorld({ after: (cleanUp) => void cleanUps.push(cleanUp) });
  const targets = (await createTargets(world)).filter(({ name }) => only === null || name === only);
  const shares = targets.reduce((sum, { share = 1 }) => sum + share, 0);
  for (const target of targets) {
    const count = Math.ceil((inputs * (target.share ?? 1)) / shares);
    tell({ kind: 'began', target: target.name, inputs: count });
    const startMs = performance.now();
    const run = await runTarget(target, seed, count, (index) => Atomics.store(begun, 0, index));
    tell({ kind: 'ended', run, ms: performance.now() - startMs });
  }
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
}
