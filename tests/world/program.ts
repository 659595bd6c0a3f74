import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { atExit } from './at-exit.ts';
import type { World } from './world.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
}

/** A program that runs beside the test. */
export interface Program {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
  /** What it has printed until now. */
  printed(): Omit<Outcome, 'exitCode'>;
  /** The first line, of stdout unless said otherwise, that passes, also one of before. Rejects when the program ends without it. */
  waitForLine(passes: (line: string) => boolean, stream?: 'stdout' | 'stderr'): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface ProgramOptions {
  /** Beside the few variables that every program gets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  /** Nothing comes in, and what comes in ends with this process at the latest. */
  readonly keepsStdin?: boolean;
  /** Signals go to it and to all that it started. */
  readonly isGroup?: boolean;
}

const running = new Set<() => void>();
atExit(() => {
  for (const kill of running) kill();
});

/** Starts a program with an environment that holds nothing of this machine's Dataans; it ends with the world. */
export function startProgram(
  world: World,
  command: readonly string[],
  options: ProgramOptions = {},
): Program {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    env: { ...plainEnvironment(world), ...options.env },
    detached: options.isGroup === true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => (output[stream] += text));
  }
  child.stdin.on('error', () => undefined); // A program may end without reading it all.
  if (options.keepsStdin !== true) child.stdin.end(options.stdin ?? '');
  const kill = (signal: NodeJS.Signals): void => {
    const { pid } = child;
    if (pid === undefined) return;
    try {
      process.kill(options.isGroup === true ? -pid : pid, signal);
    } catch {
      // It has ended already.
    }
  };
  const killAtExit = (): void => {
    kill('SIGKILL');
  };
  running.add(killAtExit);
  const ended = once(child, 'close').then((): Outcome => {
    running.delete(killAtExit);
    return { ...output, exitCode: child.exitCode };
  });
  world.defer(async () => {
    if (running.has(killAtExit)) kill('SIGKILL');
    await ended.catch(() => undefined);
  });
  return {
    pid: child.pid ?? 0,
    ended,
    printed: () => ({ ...output }),
    kill,
    waitForLine: (passes, stream = 'stdout') => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const look = (): void => {
        const line = output[stream].split('\n').slice(0, -1).find(passes);
        if (line !== undefined) resolve(line);
      };
      child[stream].on('data', look);
      void ended.then(
        () => {
          look();
          reject(new Error(`${command.join(' ')} ended: ${output.stderr || output.stdout}`));
        },
        (error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
      look();
      return promise.finally(() => child[stream].off('data', look));
    },
  };
}

export function runProgram(
  world: World,
  command: readonly string[],
  options: ProgramOptions = {},
): Promise<Outcome> {
  return startProgram(world, command, options).ended;
}

/** Nothing of this machine's Dataans. */
export function plainEnvironment(world: World): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    HOME: world.folder,
    NO_COLOR: '1',
  };
}
