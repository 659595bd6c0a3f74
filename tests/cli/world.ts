import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  runCaptured,
  type Captured,
  type CapturedOptions,
} from '../../packages/cli/src/testing/run-captured.ts';
import { startServerHere } from '../world/server-here.ts';
import type { TestServer } from '../world/server.ts';
import { createWorld as createOuterWorld } from '../world/world.ts';

export const cliMain = fileURLToPath(new URL('../../packages/cli/bin/dataans.mjs', import.meta.url));

/** Of every account in these tests. */
export const password = 'correct horse';

type Environment = Readonly<Record<string, string>>;

/** Devices and servers in a folder of their own; everything ends and goes away with `close`. */
export interface World {
  readonly folder: string;
  /** Starts a server with a data folder of this name, and gives its address. */
  startServer(name: string, environment?: Environment): Promise<string>;
  stopServers(): Promise<void>;
  /** Runs `dataans` in this process, on the device of this name. */
  dataans(device: string, args: readonly string[], options?: CapturedOptions): Promise<Captured>;
  /** The same, where anything but success is a failure of the test; gives what it printed. */
  succeed(device: string, args: readonly string[], options?: CapturedOptions): Promise<string>;
  /** Starts `dataans` as a real process. */
  start(device: string, args: readonly string[], environment?: Environment): ChildProcess;
  /** Makes an account and signs devices in to it; gives its passphrase. */
  signIn(address: string, ...devices: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  let close = async (): Promise<void> => undefined;
  const outer = await createOuterWorld({ after: (cleanUp) => (close = cleanUp) });
  const { folder } = outer;
  const servers: TestServer[] = [];
  const commands: ChildProcess[] = [];

  const dataans: World['dataans'] = (device, args, options = {}) =>
    runCaptured(['--home', join(folder, device), ...args], {
      ...options,
      environment: { DATAANS_PASSWORD: password, ...options.environment },
    });
  const succeed: World['succeed'] = async (device, args, options) => {
    const { exitCode, stdout, stderr } = await dataans(device, args, options);
    if (exitCode !== 0) throw new Error(`dataans ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    return stdout;
  };
  const stopServers = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  };

  return {
    folder,
    startServer: async (name, environment = {}) => {
      const server = await startServerHere(outer, { name, env: environment });
      servers.push(server);
      return server.address;
    },
    stopServers,
    dataans,
    succeed,
    start: (device, args, environment = {}) => {
      const child = spawn(process.execPath, [cliMain, '--home', join(folder, device), ...args], {
        cwd: folder,
        env: { ...systemEnvironment(), DATAANS_PASSWORD: password, ...environment },
      });
      commands.push(child);
      return child;
    },
    signIn: async (address, ...devices) => {
      let passphrase = '';
      for (const device of devices) {
        const environment = passphrase === '' ? {} : { DATAANS_PASSPHRASE: passphrase };
        await succeed(device, ['sign-in', address, '--device', device], { environment });
        passphrase = (await succeed(device, ['passphrase'])).trim();
      }
      return passphrase;
    },
    close: async () => {
      await Promise.all(commands.map(stop));
      await close();
    },
  };
}

/** What of this machine's environment a program needs to run at all. */
function systemEnvironment(): Record<string, string> {
  const { PATH = '', TMPDIR } = process.env;
  return { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
