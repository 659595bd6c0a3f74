import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startChildProgram, type ChildProgram } from './child-program.ts';

const script = fileURLToPath(new URL('../../packages/cli/bin/dataans.mjs', import.meta.url));

/** Runs `dataans` on a home to its end, and gives what it printed. */
export function runCommand(home: string, args: readonly string[]): string {
  const printed = execFileSync(process.execPath, [script, '--home', home, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return printed.trim();
}

/** `dataans sync --watch` on a home, connected. */
export async function startWatch(home: string): Promise<ChildProgram> {
  const args = ['--home', home, 'sync', '--watch', '--json'];
  const watch = await startChildProgram(script, args, process.env);
  if (watch.firstLine.includes('"type":"connected"')) return watch;
  await watch.stop();
  throw new Error(`The watch did not connect: ${watch.firstLine}`);
}
