import {
  createApp,
  createHeadFeed,
  createOnlyAccount,
  sha256,
  StorageFullError,
  type App,
  type Clock,
  type LogStore,
} from '@dataans/server';
import { bytesToHex, randomBytesToUuid, type LogId } from '@dataans/core';
import { openDiskChunks, removeHalfWritten } from '../../../packages/server/src/storage/disk/disk-chunks.ts';
import { openSqliteLog } from '../../../packages/server/src/storage/sqlite/sqlite-log.ts';
import { quietSurroundings } from '../../../packages/server/src/testing/quiet-surroundings.ts';
import { createFakeDisk, type FakeDisk } from '../disk/fake-disk.ts';
import { mountDisk } from '../disk/mounts.ts';
import type { Chance } from '../../world/chance.ts';
import { createLife, type Life } from '../engine/life.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { copyDatabase } from './home-files.ts';
import { beginningMs, type World } from './world.ts';

/** A server process while it runs. */
export interface RunningServer {
  readonly life: Life;
  readonly app: App;
  readonly log: LogStore;
}

/** What a server keeps: a database file and a disk with chunks. */
export interface ServerData {
  readonly path: string;
  readonly disk: FakeDisk;
}

/** The machine at the address that all devices know, with whatever data it has now. */
export interface ServerHost {
  /** `null` while nothing listens. */
  running(): RunningServer | null;
  data(): ServerData;
  /** Resolves when it listens. Does nothing where it runs already. */
  start(): Promise<void>;
  kill(options: { readonly powerCut: boolean }): void;
  /** A copy of its data as they are at this moment. */
  copyData(): ServerData;
  /** Goes on with a copy of these, or with none. Must not run. */
  replaceData(data: ServerData | null): void;
}

export function createServerHost(world: World, name: string): ServerHost {
  const chance = world.chance.fork(name);
  let data: ServerData = { path: world.newPath(name), disk: createFakeDisk() };
  let running: RunningServer | null = null;
  let starting: Life | null = null;

  return {
    running: () => running,
    data: () => data,
    start: async () => {
      if (running !== null || starting !== null) return;
      const life = createLife(name);
      starting = life;
      const started = await openServer(world, chance, life, data);
      starting = null;
      running = started;
      world.trace.note(name, `listens, ${await describeHead(started.log)}`);
    },
    kill: ({ powerCut }) => {
      const life = running?.life ?? starting;
      void running?.log.close();
      running = null;
      starting = null;
      life?.end();
      if (powerCut) data.disk.losePower(chance);
      world.trace.note(name, powerCut ? 'loses power' : 'is killed');
    },
    copyData: () => copyOf(world, name, data),
    replaceData: (replacement) => {
      data =
        replacement === null
          ? { path: world.newPath(name), disk: createFakeDisk() }
          : copyOf(world, name, replacement);
    },
  };
}

function copyOf(world: World, name: string, data: ServerData): ServerData {
  const path = world.newPath(name);
  copyDatabase(data.path, path);
  return { path, disk: data.disk.copy() };
}

async function openServer(
  world: World,
  chance: Chance,
  life: Life,
  { path, disk }: ServerData,
): Promise<RunningServer> {
  const { scheduler } = world;
  const root = mountDisk({ disk, wait: () => scheduler.pause(chance.next(), life) });
  await removeHalfWritten(root);
  const newFileName = (): string => bytesToHex(chance.bytes(16));
  const chunks = await openDiskChunks({ root, newFileName });
  const newLogId = (): LogId => randomBytesToUuid<LogId>(chance.bytes(16));
  const heads = createHeadFeed();
  const opened = openSqliteLog({ path, hash: sha256, newLogId, onAppended: heads.notify });
  const log = withFaults(world, chance, disk, opened);
  const authenticate = () =>
    Promise.resolve({
      method: 'none',
      name: 'anybody',
      expires: null,
      hash: '',
      handOver: null,
      subject: { kind: 'person', issuer: '', id: 'anybody' } as const,
      account: null,
    });
  const newApp = (): App =>
    createApp({
      ...quietSurroundings,
      accounts: createOnlyAccount({ log, chunks }),
      heads,
      authenticate,
      clock: createServerClock(scheduler, life),
    });
  // From chance of its own: the worlds of before are what they were.
  const count = chance.fork('processes').pick([1, 3]);
  return { life, app: takeTurns(Array.from({ length: count }, newApp)), log };
}

/** Processes that share what they keep and know nothing else of each other: any of them answers. // SRV-101 */
function takeTurns(apps: readonly App[]): App {
  let turn = 0;
  return {
    fetch: (request, connection) => {
      turn += 1;
      const app = apps[turn % apps.length];
      if (app === undefined) throw new TypeError('There is no process.');
      return app.fetch(request, connection);
    },
  };
}

/** A log on a disk that may be full, and that fails once in a while, before or after it has done its work. */
function withFaults({ plan }: World, chance: Chance, disk: FakeDisk, log: LogStore): LogStore {
  const write = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (disk.isFull) throw new StorageFullError(null);
    const fails = chance.happens(plan.weather.serverFault);
    if (fails && chance.happens(0.5)) throw new Error('The disk failed before the work.');
    const result = await work();
    if (fails) throw new Error('The disk failed after the work.');
    return result;
  };
  return {
    ...log,
    append: (envelopes) => write(() => log.append(envelopes)),
    putAccount: (record, condition) => write(() => log.putAccount(record, condition)),
  };
}

function createServerClock(scheduler: Scheduler, life: Life): Clock {
  return {
    now: () => Math.floor(beginningMs + scheduler.now()),
    after: (delayMs, run) => scheduler.after(delayMs, life, () => void run()),
  };
}

async function describeHead(log: LogStore): Promise<string> {
  const head = await log.head();
  return `log ${head.log.slice(0, 8)} at ${head.seq}`;
}
