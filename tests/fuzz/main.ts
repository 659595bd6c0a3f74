import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { examplesFolder } from './examples.ts';
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
  const progress = new SharedArrayBuffer(4);
  const workerData: Work = { seed, inputs, only: values.only ?? null, progress };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
  let running = '';
  let total = 0;
  let isFine = true;
  worker.on('message', (news: News) => {
    if (news.kind === 'began') running = news.target;
    else {
      total += news.run.inputs;
      isFine = news.run.broken.length === 0 && isFine;
      const perSecond = Math.round((news.run.inputs / news.ms) * 1_000);
      console.log(
        `${running}: ${news.run.inputs} inputs, ${perSecond} a second, ${news.run.broken.length} broke it`,
      );
      for (const broken of news.run.broken) keep(broken);
    }
  });
  const watch = watchForHang(new Int32Array(progress), () => {
    console.log(`${running}: input ${new Int32Array(progress)[0]} hangs`);
    isFine = false;
    void worker.terminate();
  });
  await once(worker, 'exit');
  clearInterval(watch);
  console.log(`${total} inputs in all`);
  return isFine && total > 0;
}

function watchForHang(begun: Int32Array, onHang: () => void): NodeJS.Timeout {
  let last = -1;
  return setInterval(() => {
    const now = Atomics.load(begun, 0);
    if (now === last) onHang();
    last = now;
  }, hungAfterMs);
}

function keep({ target, index, input, error }: Broken): void {
  const hash = createHash('sha256').update(input).digest('hex').slice(0, 12);
  mkdirSync(join(examplesFolder, target), { recursive: true });
  writeFileSync(join(examplesFolder, target, hash), input);
  console.log(`  input ${index}, kept as ${target}/${hash}:`, error);
}
