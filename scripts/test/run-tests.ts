import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec, tap } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';
import { hungAfterMs } from '../check/steps.ts';
import { addSummary } from './add-summary.ts';
import type { TestProcess } from './plan-processes.ts';

export interface RunTestsOptions {
  readonly root: string;
  /** Where what a process loads is written. */
  readonly folder: string;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** What else prints there until then. */
  readonly printAfter: Promise<unknown>;
}

/** Runs the processes, some at once; whether every test passed. */
export async function runTests(
  processes: readonly TestProcess[],
  { root, folder, output, printAfter }: RunTestsOptions,
): Promise<boolean> {
  const entries = processes.map((process, index) => entryOf(process, { root, folder, index }));
  const events = run({
    cwd: root,
    files: entries,
    // Many wait for a program, a disk or a browser while others compute.
    concurrency: availableParallelism() + 2,
    timeout: hungAfterMs,
  });
  let ok = false;
  events.on('test:summary', ({ file, success }) => {
    if (file === undefined) ok = success;
  });
  // People at a terminal read this more easily; it tells failures last by itself.
  const printed =
    output.isTTY === true
      ? events.compose(new spec())
      : tap(addSummary(events, { root, nameOf: (file) => processes[entries.indexOf(file)]?.name ?? file }));
  await printAfter;
  for await (const piece of printed) output.write(String(piece));
  return ok;
}

/** The file itself if it is the only one, else one that loads them all. */
function entryOf(
  { files }: TestProcess,
  { root, folder, index }: { readonly root: string; readonly folder: string; readonly index: number },
): string {
  const paths = files.map((path) => join(root, path));
  const [first] = paths;
  if (first !== undefined && paths.length === 1) return first;
  const entry = join(folder, `${index}.test.mjs`);
  writeFileSync(entry, paths.map((path) => `import ${JSON.stringify(pathToFileURL(path).href)};\n`).join(''));
  return entry;
}
