import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program in a process of its own, that says on its first line that it is ready. */
export interface ChildProgram {
  readonly firstLine: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startChildProgram(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ChildProgram> {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  // A measurement that fails leaves no process behind.
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  const exited = once(child, 'exit');
  const firstLine = await readFirstLine(child);
  return {
    firstLine,
    pid: child.pid ?? 0,
    async stop() {
      process.removeListener('exit', end);
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function readFirstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError('The output is not piped.');
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume(); // What follows is read by nobody, and must not fill the pipe.
    return line.trim();
  }
  throw new Error(`The program ended without a line (exit code ${child.exitCode}).`);
}
