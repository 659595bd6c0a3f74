import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server in a process of its own, that prints its address on its first line. */
export interface ChildServer {
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startChildServer(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ChildServer> {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  // A measurement that fails leaves no server behind.
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  const address = await readFirstLine(child);
  return {
    address,
    pid: child.pid ?? 0,
    async stop() {
      process.removeListener('exit', end);
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function readFirstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError('The output is not piped.');
  for await (const line of createInterface({ input: child.stdout })) return line.trim();
  throw new Error(`The server ended without an address (exit code ${child.exitCode}).`);
}
