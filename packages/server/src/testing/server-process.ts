import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { afterTest } from './after-test.ts';

const mainPath = join(import.meta.dirname, '../../bin/dataans-server.mjs');

export interface FinishedCommand {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServerProcess {
  readonly address: string;
  readonly process: ChildProcess;
  /** What became of it, once it ended. */
  readonly finished: Promise<FinishedCommand>;
}

/** Open files that the output goes to; what is not given is collected. */
interface OutputFiles {
  readonly stdout?: number;
  readonly stderr?: number;
}

type Variables = Readonly<Record<string, string>>;

/** Runs `dataans-server` to its end. */
export function runCommand(
  words: readonly string[],
  variables: Variables,
  files: OutputFiles = {},
): Promise<FinishedCommand> {
  return collect(spawnCommand(words, variables, files));
}

/** Runs `dataans-server start` until the test is over. */
export async function startProcess(
  t: TestContext,
  variables: Variables,
  logFile?: number,
): Promise<ServerProcess> {
  const files = logFile === undefined ? {} : { stderr: logFile };
  const child = spawnCommand(['start'], { DATAANS_PORT: '0', ...variables }, files);
  const finished = collect(child);
  afterTest(t, async () => {
    child.kill('SIGKILL');
    await finished;
  });
  const { promise, resolve } = Promise.withResolvers<string>();
  child.stdout?.once('data', (text: string) => resolve(text.trim()));
  const address = await Promise.race([
    promise,
    finished.then(({ stderr }): never => {
      throw new Error(`The server ended before it listened: ${stderr}`);
    }),
  ]);
  return { address, process: child, finished };
}

/** Starts `dataans-server` and lets it run. */
export function spawnCommand(
  words: readonly string[],
  variables: Variables,
  { stdout, stderr }: OutputFiles = {},
): ChildProcess {
  return spawn(process.execPath, [mainPath, ...words], {
    env: variables,
    stdio: ['pipe', stdout ?? 'pipe', stderr ?? 'pipe'],
  });
}

async function collect(child: ChildProcess): Promise<FinishedCommand> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  await once(child, 'close');
  return { exitCode: child.exitCode, stdout, stderr };
}
