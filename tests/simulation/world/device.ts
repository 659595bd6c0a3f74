import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '@dataans/client';
import type { Store } from '../../../packages/client/src/store/store.ts';
import { openSqlite } from '../../../packages/client/src/node/sqlite.ts';
import type { AccountRecord } from '@dataans/core';
import type { KeptRecord } from '../../../packages/client/src/account/kept-record.ts';
import { revisionOf } from '../../../packages/client/src/account/judge-record.ts';
import { createChunkFolder } from '../../../packages/client/src/node/chunk-folder.ts';
import { pollOthers } from '../../../packages/client/src/node/poll-others.ts';
import { createHolding } from '../../../packages/client/src/files/holding.ts';
import { createSession, type Session } from '../../../packages/client/src/home/create-session.ts';
import { createStore } from '../../../packages/client/src/store/create-store.ts';
import {
  createServerConnection,
  type ServerConnection,
} from '../../../packages/client/src/connection/server-connection.ts';
import { createFakeDisk, type FakeDisk } from '../disk/fake-disk.ts';
import { mountDisk } from '../disk/mounts.ts';
import type { Chance } from '../../world/chance.ts';
import { createLife, type Life } from '../engine/life.ts';
import { copyDatabase, cutWal, walBytes } from './home-files.ts';
import { look } from './holdings.ts';
import { createHomeLock } from './home-lock.ts';
import { createKillableDatabase } from './killable-database.ts';
import type { Network } from './network.ts';
import { beginningMs, type World } from './world.ts';

/** What a device keeps: a database file, a disk with chunks, and its account record. */
export interface HomeData {
  readonly path: string;
  /** So much of the write-ahead log outlasts a loss of power. */
  readonly syncedWalBytes: number;
  readonly disk: FakeDisk;
  readonly record: AccountRecord | null;
  /** It was written while its clock was wrong, at some time. */
  readonly clockWasWrong: boolean;
}

/** A process that works on a home. */
export interface Process extends Session {
  readonly connection: ServerConnection;
  readonly keptRecord: KeptRecord;
  readonly life: Life;
  readonly store: Store;
  /** It ends in the middle of a transaction, after so many statements. */
  endAfter(statements: number): void;
}

export interface Device {
  readonly name: string;
  /** The process that runs; one is started where none does. */
  use(): Process;
  /** How far it has followed a server's log; −1 where it never did. */
  cursorSeq(): number;
  /** As `kill -9`, or as when the machine loses power. */
  kill(options: { readonly powerCut: boolean }): void;
  /** A copy of the home as it is at this moment. */
  copyHome(): HomeData;
  /** Goes on with a copy of this home. Ends the process. */
  replaceHome(home: HomeData): void;
  /** The account record that it keeps. */
  record(): AccountRecord | null;
  /** The highest revision of the account that it has kept since it was made or put back. */
  highestRevision(): number;
  /** Sets its clock wrong by so much. */
  setClock(aheadMs: number): void;
  /** What its clock says, in milliseconds since 1970 UTC. */
  nowMs(): number;
  /** Its clock, or that of a device that its home was copied from, was ever wrong. */
  clockWasWrong(): boolean;
  /** A look at its database by somebody else. */
  look<Item>(read: (database: DatabaseSync) => readonly Item[]): readonly Item[];
  disk(): FakeDisk;
}

export function createDevice(world: World, network: Network, name: string, home?: HomeData): Device {
  const chance = world.chance.fork(`device ${name}`);
  const locks = {
    sync: createHomeLock(world.scheduler),
    send: createHomeLock(world.scheduler),
    fetch: createHomeLock(world.scheduler),
  };
  let data = home === undefined ? newHome(world, name) : backUp(world, name, home);
  let running: { readonly process: Process; readonly close: () => void } | null = null;
  let clockAheadMs = 0;
  let highestRevision = data.record === null ? 0 : revisionOf(data.record);

  const nowMs = (): number => Math.floor(beginningMs + world.scheduler.now() + clockAheadMs);

  const bury = (powerCut: boolean): void => {
    if (running === null) return;
    const { process, close } = running;
    running = null;
    process.life.end();
    // Closing it in order would write more than the process ever did.
    const left = copyOf(world, name, data);
    close();
    data = left;
    if (powerCut) {
      cutWal(data.path, chance.between(data.syncedWalBytes, walBytes(data.path)));
      data.disk.losePower(chance);
    }
    world.trace.note(name, powerCut ? 'loses power' : 'is killed');
  };

  const start = (): Process => {
    const life = createLife(name);
    const noteSynced = (): void => {
      data = { ...data, syncedWalBytes: walBytes(data.path) };
    };
    const keepRecord = (record: AccountRecord): void => {
      data = { ...data, record };
      world.trace.note(name, `keeps revision ${revisionOf(record)} of the account`);
      highestRevision = Math.max(highestRevision, revisionOf(record));
    };
    const opened = openProcess(world, network, chance, {
      name,
      data,
      life,
      locks,
      nowMs,
      noteSynced,
      keepRecord,
    });
    running = opened;
    // Where it ends by itself, in the middle of a statement, others learn of it only afterwards.
    life.onEnd(() => {
      world.scheduler.after(0, null, () => {
        if (running === opened) bury(false);
      });
    });
    return opened.process;
  };

  return {
    name,
    use: () => {
      if (running !== null && !running.process.life.isAlive()) bury(false);
      return running?.process ?? start();
    },
    cursorSeq: () => look(data.path, readCursorSeq)[0] ?? -1,
    kill: ({ powerCut }) => {
      bury(powerCut);
    },
    copyHome: () => backUp(world, name, data),
    replaceHome: (replacement) => {
      bury(false);
      data = backUp(world, name, replacement);
      if (clockAheadMs !== 0) data = { ...data, clockWasWrong: true };
      highestRevision = data.record === null ? 0 : revisionOf(data.record);
    },
    record: () => data.record,
    highestRevision: () => highestRevision,
    setClock: (aheadMs) => {
      clockAheadMs = aheadMs;
      if (aheadMs !== 0) data = { ...data, clockWasWrong: true };
      world.trace.note(name, `has a clock ${Math.round(aheadMs / 1_000)} s ahead`);
    },
    nowMs,
    clockWasWrong: () => data.clockWasWrong,
    look: (read) => look(data.path, read),
    disk: () => data.disk,
  };
}

function newHome(world: World, name: string): HomeData {
  return {
    path: world.newPath(name),
    syncedWalBytes: 0,
    disk: createFakeDisk(),
    record: world.account.record,
    clockWasWrong: false,
  };
}

function copyOf(world: World, name: string, home: HomeData): HomeData {
  const path = world.newPath(name);
  copyDatabase(home.path, path);
  return { ...home, path };
}

/** A copy that somebody made, and that is on a disk. */
function backUp(world: World, name: string, home: HomeData): HomeData {
  const copy = copyOf(world, name, home);
  return { ...copy, syncedWalBytes: walBytes(copy.path), disk: home.disk.copy() };
}

interface ProcessOptions {
  readonly name: string;
  readonly data: HomeData;
  readonly life: Life;
  readonly locks: Readonly<Record<'sync' | 'send' | 'fetch', ReturnType<typeof createHomeLock>>>;
  readonly nowMs: () => number;
  readonly noteSynced: () => void;
  readonly keepRecord: (record: AccountRecord) => void;
}

function openProcess(
  world: World,
  network: Network,
  chance: Chance,
  { name, data, life, locks, nowMs, noteSynced, keepRecord }: ProcessOptions,
): { readonly process: Process; readonly close: () => void } {
  const { scheduler, primitives, account } = world;
  let { record } = data;
  const clock: Clock = { now: nowMs, sleep: (ms, signal) => scheduler.sleep(ms, life, signal) };
  const database = createKillableDatabase(openSqlite(data.path), life, noteSynced);
  const store = createStore({ database, randomBytes: primitives.randomBytes });
  const root = mountDisk({ disk: data.disk, wait: () => scheduler.pause(chance.next(), life) });
  const keptRecord: KeptRecord = {
    read: async () => {
      await scheduler.pause(chance.next(), life);
      return record;
    },
    write: async (next) => {
      await scheduler.pause(chance.next(), life);
      record = next;
      keepRecord(next);
    },
  };
  const connection = createServerConnection({
    address: 'http://127.0.0.1:8000',
    transport: network.transportOf(name, life),
    clock,
    randomness: () => chance.next(),
    access: () => noAccess,
  });
  const session = createSession({
    store,
    chunks: createChunkFolder(`${root}/chunks`),
    holding: createHolding(),
    connection,
    primitives,
    readKeyring: () => Promise.resolve(account.keyring),
    clock,
    randomness: () => chance.next(),
    lock: locks.sync(life),
    sendLock: locks.send(life),
    fetchLock: locks.fetch(life),
    defaultPolicy: 'all',
    keptRecord,
    operationsAtOnce: 2, // Fewer than a page has.
    followOthers: pollOthers(clock),
  });
  const process = { ...session, connection, keptRecord, life, store, endAfter: database.endAfter };
  return { process, close: () => store.close() };
}

function readCursorSeq(database: DatabaseSync): readonly number[] {
  const rows = database
    .prepare('SELECT max(seq) AS seq FROM positions WHERE EXISTS (SELECT 1 FROM followed_log)')
    .all();
  return rows.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []));
}

const noAccess = { kind: 'none' } as const;
