import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCaptured } from '../../packages/cli/src/testing/run-captured.ts';
import {
  plainEnvironment,
  runProgram,
  startProgram,
  type Outcome,
  type Program,
  type ProgramOptions,
} from './program.ts';
import { dataansProgram } from './repository.ts';
import type { World } from './world.ts';

export const password = 'correct horse battery';

export interface DeviceOptions {
  /** The app data directory, elsewhere than in the world's folder. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What runs the program, such as `nsenter` with its arguments. */
  readonly under?: readonly string[];
}

/** One home and the real `dataans` command on it. */
export interface Device {
  readonly name: string;
  readonly home: string;
  run(args: readonly string[], options?: ProgramOptions): Promise<Outcome>;
  /** Like `run`, and proves that the command says it is done. */
  done(args: readonly string[], options?: ProgramOptions): Promise<Outcome>;
  /** What the command prints with `--json`. */
  json(args: readonly string[], options?: ProgramOptions): Promise<unknown>;
  start(args: readonly string[], options?: ProgramOptions): Program;
}

export function createDevice(world: World, name: string, options: DeviceOptions = {}): Device {
  const home = options.home ?? join(world.folder, name);
  const command = (args: readonly string[]) => [
    ...(options.under ?? []),
    process.execPath,
    dataansProgram,
    '--home',
    home,
    ...args,
  ];
  const given = ({ env, ...rest }: ProgramOptions): ProgramOptions => ({
    ...rest,
    env: { ...options.env, ...env },
  });
  const run: Device['run'] = (args, how = {}) =>
    canRunHere(options, how)
      ? runHere(world, ['--home', home, ...args], given(how))
      : runProgram(world, command(args), given(how));
  const done: Device['done'] = async (args, how = {}) => {
    const outcome = await run(args, how);
    assert.equal(outcome.exitCode, 0, `dataans ${args.join(' ')}: ${outcome.stderr}${outcome.stdout}`);
    return outcome;
  };
  return {
    name,
    home,
    run,
    done,
    json: async (args, how = {}) => JSON.parse((await done([...args, '--json'], how)).stdout) as unknown,
    start: (args, how = {}) => startProgram(world, command(args), given(how)),
  };
}

/** Not under another program or in another folder, and with nothing in the environment that Node itself reads. */
function canRunHere({ under, env }: DeviceOptions, how: ProgramOptions): boolean {
  const isPlain = !Object.keys({ ...env, ...how.env }).some((name) => name.startsWith('NODE_'));
  return isPlain && under === undefined && how.cwd === undefined && how.keepsStdin !== true;
}

/** The program in this process, which takes a tenth of the time: a process of its own costs more than most commands. */
function runHere(world: World, args: readonly string[], { env, stdin }: ProgramOptions): Promise<Outcome> {
  const environment = { ...plainEnvironment(world), ...env };
  return runCaptured(args, { environment, ...(stdin !== undefined && { input: stdin }) });
}

/** Makes the account of a new server, and gives the passphrase that was printed. */
export async function makeAccount(device: Device, address: string, options: ProgramOptions = {}) {
  const { passphrase } = (await device.json(['sign-in', address, '--device', device.name], {
    ...options,
    env: { DATAANS_PASSWORD: password, ...options.env },
  })) as { readonly passphrase: string }; // Checked below.
  assert.match(passphrase, /^\S+( \S+){6}$/);
  return passphrase;
}

/** Signs in to an account that there is. */
export function joinAccount(device: Device, address: string, passphrase: string): Promise<Outcome> {
  return device.done(['sign-in', address, '--device', device.name], {
    env: { DATAANS_PASSWORD: password, DATAANS_PASSPHRASE: passphrase },
  });
}
