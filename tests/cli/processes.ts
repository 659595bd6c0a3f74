import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const serverMain = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));
const cliMain = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

export const password = 'correct horse';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Real processes in a folder of their own; everything ends and goes away with `close`. */
export interface World {
  readonly folder: string;
  /** Starts a server with a data folder of this name, and gives its address. */
  startServer(name: string, environment?: Readonly<Record<string, string>>): Promise<string>;
  stopServers(): Promise<void>;
  /** Runs `dataans` on the device of this name until it ends. */
  dataans(device: string, args: readonly string[], options?: CallOptions): Promise<Ended>;
  /** The same, where anything but success is a failure of the test. */
  succeed(device: string, args: readonly string[], options?: CallOptions): Promise<string>;
  /** Starts `dataans` and leaves it running. */
  start(device: string, args: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-cli-'));
  const servers: ChildProcess[] = [];
  const running = new Set<ChildProcess>();

  const start = (device: string, args: readonly string[], environment = {}): ChildProcess => {
    const child = spawn(process.execPath, [cliMain, '--home', join(folder, device), ...args], {
      cwd: folder,
      env: { ...cleanEnvironment(), DATAANS_PASSWORD: password, ...environment },
    });
    running.add(child);
    child.on('exit', () => running.delete(child));
    return child;
  };
  const dataans: World['dataans'] = async (device, args, options = {}) => {
    const child = start(device, args, options.environment);
    child.stdin?.on('error', () => undefined); // The command may end without reading it.
    child.stdin?.end(options.input ?? '');
    const [stdout, stderr] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
    return { exitCode: child.exitCode ?? (await exitCodeOf(child)), stdout, stderr };
  };
  const stopServers = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map(stop));
  };

  return {
    folder,
    startServer: async (name, environment = {}) => {
      const server = spawn(process.execPath, [serverMain, 'start'], {
        env: {
          ...cleanEnvironment(),
          DATAANS_DATA: join(folder, name),
          DATAANS_PORT: '0',
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      servers.push(server);
      const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
      return line;
    },
    stopServers,
    dataans,
    succeed: async (device, args, options) => {
      const { exitCode, stdout, stderr } = await dataans(device, args, options);
      if (exitCode !== 0) throw new Error(`dataans ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
      return stdout;
    },
    start: (device, args) => start(device, args),
    close: async () => {
      await Promise.all([...running].map(stop));
      await stopServers();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What of this machine's environment a program needs to run at all. */
function cleanEnvironment(): Record<string, string> {
  const { PATH = '', TMPDIR } = process.env;
  return { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

async function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  stream?.setEncoding('utf8');
  for await (const piece of stream ?? []) text += String(piece);
  return text;
}

async function exitCodeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
