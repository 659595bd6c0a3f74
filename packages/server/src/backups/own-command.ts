import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import sea from 'node:sea';

/** A command of this very program in a process of its own: what it computes delays no request. */
export interface OwnCommand {
  /** Resolves with what it printed on stdout. Rejects with what it said, unless it ended with 0. */
  run(words: readonly string[]): Promise<string>;
  /** Ends the one that runs. */
  stop(): void;
}

/** @param program what starts the program: an executable, and what it is given first */
export function createOwnCommand(
  [executable, ...first]: readonly [string, ...(readonly string[])],
  environment: NodeJS.ProcessEnv,
): OwnCommand {
  const running = new Set<ChildProcess>();
  return {
    run: async (words) => {
      const child = spawn(executable, [...first, ...words], {
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.add(child);
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => void (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
      try {
        child.once('spawn', () => yieldToOthers(child));
        await once(child, 'close');
      } finally {
        running.delete(child);
      }
      if (child.exitCode === 0) return stdout;
      throw new Error(
        stderr.trim() || `It was ended by ${child.signalCode ?? `exit code ${child.exitCode}`}.`,
      );
    },
    stop: () => running.forEach((child) => child.kill()),
  };
}

/** A program of one file is its own executable; else Node runs a file. */
export function ownProgram(): readonly [string, ...(readonly string[])] {
  const first = sea.isSea() ? [] : [...process.execArgv, ...process.argv.slice(1, 2)];
  return [process.execPath, ...first];
}

function yieldToOthers({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It ended already, or the system knows no such thing: then it runs like any other.
  }
}
