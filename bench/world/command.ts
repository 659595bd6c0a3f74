import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startChildProgram, type ChildProgram } from './child-program.ts';

const script = fileURLToPath(new URL('../../packages/cli/bin/dataans.mjs', import.meta.url));

const run = promisify(execFile);

/** Runs `dataans` on a home to its end, and gives what it printed. */
export async function runCommand(home: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [script, '--home', home, ...args]);
  return stdout.trim();
}

/** `dataans sync --watch` on a home, connected. */
export async function startWatch(home: string): Promise<ChildProgram> {
  const args = ['--home', home, 'sync', '--watch', '--json'];
  const watch = await startChildProgram(script, args, process.env);
  if (watch.firstLine.includes('"type":"connected"')) return watch;
  await watch.stop();
  throw new Error(`The watch did not connect: ${watch.firstLine}`);
}
