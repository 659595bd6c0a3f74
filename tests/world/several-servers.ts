import assert from 'node:assert/strict';
import { runProgram, startProgram } from './program.ts';
import { serverProgram } from './repository.ts';
import { startRoundRobin, type RoundRobin } from './round-robin.ts';
import type { World } from './world.ts';

/** What servers that keep nothing themselves stand on. */
export interface SharedStorage {
  /** Address of any database of the PostgreSQL server. */
  readonly postgres: string;
  /** The settings of a bucket. */
  readonly bucket: Readonly<Record<string, string>>;
}

/** Set for tests of one server, as JSON, it has them run against several. */
export const sharedStorageVariable = 'DATAANS_TEST_SHARED_STORAGE';

export function sharedStorage(): SharedStorage | null {
  const text = process.env[sharedStorageVariable];
  // As the proof that sets it wrote it.
  return text === undefined ? null : (JSON.parse(text) as SharedStorage);
}

export interface SeveralServers {
  readonly gateway: RoundRobin;
  readonly settings: Readonly<Record<string, string>>;
  addresses(): readonly string[];
  /** Kills one with SIGKILL, by its place. Nothing answers there until `replace`. */
  kill(place: number): Promise<void>;
  replace(place: number): Promise<void>;
  /** Lets all of them finish, and proves that they end well. */
  stop(): Promise<void>;
}

const serverCount = 3;

/** Servers on one database and bucket, behind a gateway that asks them in turn. */
export async function startSeveralServers(
  world: World,
  { postgres, bucket }: SharedStorage,
  {
    database,
    port = 0,
    env = {},
  }: {
    /** Its name; it is made if it is not there. */
    readonly database: string;
    readonly port?: number;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<SeveralServers> {
  const settings = {
    ...env,
    ...bucket,
    DATAANS_PORT: '0',
    DATAANS_DATABASE: await makeDatabase(world, postgres, database),
  };
  const start = async () => {
    const program = startProgram(world, [process.execPath, serverProgram, 'start'], { env: settings });
    return { program, address: await program.waitForLine((line) => line.startsWith('http://')) };
  };
  const servers = await Promise.all(Array.from({ length: serverCount }, start));
  const gateway = await startRoundRobin(world, port);
  const addresses = () => servers.map(({ address }) => address);
  gateway.relayTo(addresses());
  return {
    gateway,
    settings,
    addresses,
    kill: async (place) => {
      servers[place]?.program.kill('SIGKILL');
      await servers[place]?.program.ended;
    },
    replace: async (place) => {
      servers[place] = await start();
      gateway.relayTo(addresses());
    },
    stop: async () => {
      await gateway.close();
      for (const { program } of servers) program.kill('SIGTERM');
      for (const { program } of servers) {
        const { exitCode, stderr } = await program.ended;
        assert.equal(exitCode, 0, stderr);
      }
    },
  };
}

/** Resolves to its address. */
async function makeDatabase(world: World, postgres: string, name: string): Promise<string> {
  const command = ['psql', '-X', '-q', postgres, '-c', `CREATE DATABASE ${name}`];
  const { exitCode, stderr } = await runProgram(world, command);
  if (exitCode !== 0 && !stderr.includes('already exists')) throw new Error(stderr);
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  return url.href;
}
