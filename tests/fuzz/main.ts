import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createWorld } from '../world/world.ts';
import { examplesFolder } from './examples.ts';
import { createPlace, type Place } from './place.ts';
import type { Broken } from './run-target.ts';
import type { News, Work } from './worker.ts';

const help = `Usage: npm run fuzz -- [--inputs N] [--seed S] [--only NAME]

Gives every reader of what others sent inputs with something wrong in them: none may do anything but read
them or refuse them as it says. What breaks one is written to tests/fuzz/examples, which npm test reads again.

  --inputs N   how many in all; 1000000 unless given
  --seed S     any text; drawn and printed unless given
  --only NAME  one reader, such as frames`;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** An input that takes this long to read hangs its reader. */
const hungAfterMs = 60_000;

const inputs = Number(values.inputs ?? 1_000_000);
const seed = values.seed ?? String(randomInt(2 ** 32));
if (values.help === true) console.log(help);
else if (!Number.isSafeInteger(inputs) || inputs < 1) {
  console.error(help);
  process.exitCode = 2;
} else process.exitCode = (await fuzzAll()) ? 0 : 1;

async function fuzzAll(): Promise<boolean> {
  console.log(`seed ${seed}`);
  const cleanUps: (() => Promise<void>)[] = [];
  try {
    const world = await createWorld({ after: (cleanUp) => void cleanUps.push(cleanUp) });
    return await fuzzIn(await createPlace(world));
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

async function fuzzIn(place: Place): Promise<boolean> {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: Work = { seed, inputs, only: values.only ?? null, place, progress };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
  let running: string | null = null;
  let total = 0;
  let isFine = true;
  worker.on('message', (news: News) => {
    if (news.kind === 'began') running = news.target;
    else {
      total += news.run.inputs;
      isFine = news.run.broken.length === 0 && isFine;
      report(news);
    }
  });
  const stopWatching = watchForHang(new Int32Array(progress), (index) => {
    if (running === null) return; // It makes ready.
    console.log(`${running}: input ${index} hangs`);
    isFine = false;
    void worker.terminate();
  });
  await once(worker, 'exit');
  stopWatching();
  if (running === null) console.error(`There is no reader called ${values.only}.`);
  console.log(`${total} inputs in all`);
  return isFine && total > 0;
}

function report({ run, ms }: Extract<News, { readonly kind: 'ended' }>): void {
  const { target, inputs: read, broken } = run;
  const perSecond = Math.round((read / ms) * 1_000);
  console.log(`${target}: ${read} inputs, ${perSecond} a second, ${broken.length} broke it`);
  for (const each of broken) keep(each);
}

function watchForHang(begun: Int32Array, onHang: (index: number) => void): () => void {
  let last = -1;
  const timer = setInterval(() => {
    const now = Atomics.load(begun, 0);
    if (now === last) onHang(now);
    last = now;
  }, hungAfterMs);
  return () => clearInterval(timer);
}

function keep({ target, index, input, error }: Broken): void {
  const hash = createHash('sha256').update(input).digest('hex').slice(0, 12);
  mkdirSync(join(examplesFolder, target), { recursive: true });
  writeFileSync(join(examplesFolder, target, hash), input);
  console.log(`  input ${index}, kept as ${target}/${hash}:`, error);
}
