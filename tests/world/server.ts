import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runProgram, startProgram, type Outcome, type Program } from './program.ts';
import { serverProgram } from './repository.ts';
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

export interface ServerProcess {
  /** As the server printed it. */
  readonly address: string;
  readonly dataFolder: string;
  readonly program: Program;
  /** Lets it finish, and proves that it ends well. */
  stop(): Promise<Outcome>;
  /** One command of the operator on the same data folder. */
  operate(...args: readonly string[]): Promise<Outcome>;
}

/** The real server in a process of its own, on any free port. */
export async function startServer(world: World, options: ServerOptions = {}): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? join(world.folder, options.name ?? 'server');
  const under = options.under ?? [];
  const env = { DATAANS_PORT: '0', DATAANS_DATA: dataFolder, ...options.env };
  const command = (...args: readonly string[]) => [...under, process.execPath, serverProgram, ...args];
  const program = startProgram(world, command('start'), { env });
  return {
    address: await program.waitForLine((line) => line.startsWith('http://')),
    dataFolder,
    program,
    stop: async () => {
      program.kill('SIGTERM');
      const outcome = await program.ended;
      assert.equal(outcome.exitCode, 0, outcome.stderr);
      return outcome;
    },
    operate: (...args) => runProgram(world, command(...args), { env }),
  };
}
