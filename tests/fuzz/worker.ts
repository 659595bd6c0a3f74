import { parentPort, workerData } from 'node:worker_threads';
import type { Place } from './place.ts';
import { runTarget, type Run } from './run-target.ts';
import { createTargets } from './targets/all.ts';

export interface Work {
  readonly seed: string;
  readonly inputs: number;
  /** `null`: all. */
  readonly only: string | null;
  readonly place: Place;
  /** Counts the inputs that were begun: whoever watches sees where it hangs. */
  readonly progress: SharedArrayBuffer;
}

export type News =
  | { readonly kind: 'began'; readonly target: string }
  | { readonly kind: 'ended'; readonly run: Run; readonly ms: number };

const { seed, inputs, only, place, progress } = workerData as Work; // As main.ts gives it.
const begun = new Int32Array(progress);
const tell = (news: News): void => parentPort?.postMessage(news);

const targets = (await createTargets(place)).filter(({ name }) => only === null || name === only);
const shares = targets.reduce((sum, { share = 1 }) => sum + share, 0);
for (const target of targets) {
  const count = Math.ceil((inputs * (target.share ?? 1)) / shares);
  tell({ kind: 'began', target: target.name });
  const startMs = performance.now();
  const run = await runTarget(target, seed, count, (index) => Atomics.store(begun, 0, index));
  tell({ kind: 'ended', run, ms: performance.now() - startMs });
}
