import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runProgram, startProgram, type Outcome, type Program } from './program.ts';
import { serverProgram } from './repository.ts';
import { sharedStorage, startSeveralServers, type SharedStorage } from './several-servers.ts';
import type { World } from './world.ts';

export interface ServerOptions {
  /** Below the world's folder; `server` unless given. */
  readonly name?: string;
  /** Where it keeps what it stores, elsewhere than in the world's folder. */
  readonly dataFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What runs the program, such as `nsenter` with its arguments. */
  readonly under?: readonly string[];
}

export interface TestServer {
  readonly address: string;
  readonly dataFolder: string;
  /** Lets it finish, and proves that it ends well. */
  stop(): Promise<void>;
  /** One command of the operator on the same data folder. */
  operate(...args: readonly string[]): Promise<Outcome>;
}

export interface ServerProcess extends TestServer {
  /** Throws if there are several in its place. */
  readonly program: Program;
}

/** The real server in a process of its own, on any free port; or several in its place, if a proof says so. */
export async function startServer(world: World, options: ServerOptions = {}): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? join(world.folder, options.name ?? 'server');
  const under = options.under ?? [];
  const env = { DATAANS_PORT: '0', DATAANS_DATA: dataFolder, ...options.env };
  const command = (...args: readonly string[]) => [...under, process.execPath, serverProgram, ...args];
  const storage = sharedStorage();
  if (storage !== null) return startSeveralAsOne(world, storage, { dataFolder, env });
  const program = startProgram(world, command('start'), { env });
  return {
    address: await program.waitForLine((line) => line.startsWith('http://')),
    dataFolder,
    program,
    stop: async () => {
      program.kill('SIGTERM');
      const outcome = await program.ended;
      assert.equal(outcome.exitCode, 0, outcome.stderr);
    },
    operate: (...args) => runProgram(world, command(...args), { env }),
  };
}

/** Several that share what they keep: what is in the folder of one is in a database of its own. */
async function startSeveralAsOne(
  world: World,
  storage: SharedStorage,
  { dataFolder, env }: { readonly dataFolder: string; readonly env: Readonly<Record<string, string>> },
): Promise<ServerProcess> {
  const database = `test_${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`;
  const port = Number(env['DATAANS_PORT'] ?? 0);
  const servers = await startSeveralServers(world, storage, { database, port, env });
  return {
    address: servers.gateway.address,
    dataFolder,
    stop: servers.stop,
    operate: (...args) =>
      runProgram(world, [process.execPath, serverProgram, ...args], { env: servers.settings }),
    get program(): Program {
      throw new Error('There are several.');
    },
  };
}
