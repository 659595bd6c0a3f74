import { setImmediate } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { BroadcastChannel, locks as allLocks } from 'node:worker_threads';
import { DataansError } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import { callRemote, type Remote } from '../remote/call-remote.ts';
import { joinTabs, type JoinedTab } from '../browser/page/join-tabs.ts';
import type { WorkerTarget } from '../browser/page/own-worker.ts';
import { answerPage } from '../browser/worker/answer-page.ts';
import type { LedHome } from '../browser/worker/terms.ts';
import type { MessageTarget } from '../browser/tabs/post.ts';

/** A home of a few words, kept on a disk that only one may have open. */
export interface ToyHome extends LedHome {
  readonly words: {
    add(word: string): Promise<readonly string[]>;
    /** Is done, but answered only once it is let. */
    addSlowly(word: string): Promise<string>;
    /** Which worker answers. */
    who(): Promise<number>;
  };
  readonly live: { words(listener: (words: readonly string[]) => void): () => void };
}

/** Sleeps end when the test says so. */
export interface ManualClock extends Clock {
  /** Ends the sleeps of this length, once there is one. */
  end(ms: number): Promise<void>;
}

export interface TestTab extends Remote<ToyHome> {
  readonly tab: JoinedTab;
  /** The worker neither answers nor lets go any more. */
  hang(): void;
  /** The tab is gone without a word. */
  kill(): void;
}

export interface TabWorld {
  readonly clock: ManualClock;
  readonly disk: Disk;
  openTab(version?: number): TestTab;
}

interface Disk {
  words: string[];
  openedBy: number | null;
  /** What opening it throws. */
  fault: Error | null;
  /** Resolves those who wait in `addSlowly`. */
  readonly slow: PromiseWithResolvers<void>;
  /** Told whenever words or listeners change. */
  readonly listeners: Set<() => void>;
}

const shape = { subscriptions: ['live'], once: [] };
let homes = 0;

export function createTabWorld(t: Pick<TestContext, 'after'>): TabWorld {
  homes += 1;
  const name = `toy ${homes}`;
  const disk: Disk = {
    words: [],
    openedBy: null,
    fault: null,
    slow: Promise.withResolvers(),
    listeners: new Set(),
  };
  const clock = createManualClock();
  let ids = 0;
  const nextId = (): number => (ids += 1);
  const openTab = (version = 1): TestTab => {
    const workers: TestWorker[] = [];
    const page = killableLocks();
    const tab = joinTabs({
      name,
      version,
      shape,
      clock,
      locks: page.locks,
      randomId: () => `id ${nextId()}`,
      openChannel: (channel) => new BroadcastChannel(channel),
      startWorker: () => {
        const worker = startWorker(disk, clock, nextId());
        workers.push(worker);
        return worker.target;
      },
    });
    const kill = (): void => {
      page.kill();
      for (const worker of workers) worker.target.terminate();
    };
    t.after(async () => {
      kill();
      await Promise.all([tab.close(), clock.end(1_500)]); // A worker that is gone never says that it has left.
    });
    return {
      tab,
      ...callRemote<ToyHome>(tab.port, shape),
      hang: () => workers.at(-1)?.hang(),
      kill,
    };
  };
  return { clock, disk, openTab };
}

function createToyHome(disk: Disk, worker: number): ToyHome {
  const tell = (): void => {
    for (const listener of disk.listeners) listener();
  };
  const requireOpen = (): void => {
    if (disk.openedBy !== worker)
      throw new DataansError('storage-unusable', 'This home was closed meanwhile.');
  };
  if (disk.fault !== null) throw disk.fault;
  if (disk.openedBy !== null) throw new DataansError('busy', 'The notes are open in another tab or window.');
  disk.openedBy = worker;
  const add = (word: string): void => {
    requireOpen();
    if (!disk.words.includes(word)) disk.words.push(word);
    tell();
  };
  return {
    account: {
      signOut: async () => {
        disk.words = [];
      },
    },
    words: {
      add: async (word) => {
        add(word);
        return disk.words;
      },
      addSlowly: async (word) => {
        add(word);
        await disk.slow.promise;
        return word;
      },
      who: async () => worker,
    },
    live: {
      words: (listener) => {
        const own = (): void => listener([...disk.words]);
        disk.listeners.add(own);
        own();
        return () => disk.listeners.delete(own);
      },
    },
    start: async () => undefined,
    close: async () => {
      if (disk.openedBy === worker) disk.openedBy = null;
    },
  };
}

interface TestWorker {
  readonly target: WorkerTarget;
  hang(): void;
}

/** A worker in the thread of the test. */
function startWorker(disk: Disk, clock: Clock, worker: number): TestWorker {
  const { port1: near, port2: far } = new MessageChannel();
  const locks = killableLocks();
  const channels: Channels = { isHanging: false, open: new Set() };
  answerPage(hangable(far, channels), {
    locks: locks.locks,
    clock,
    openChannel: (name) => {
      const channel = new BroadcastChannel(name);
      channels.open.add(channel);
      return { ...hangable(channel, channels), close: () => channel.close() };
    },
    openHome: async () => createToyHome(disk, worker),
  });
  near.start();
  far.start();
  const terminate = (): void => {
    locks.kill();
    channels.isHanging = true;
    near.close();
    for (const channel of channels.open) channel.close();
    if (disk.openedBy === worker) disk.openedBy = null;
  };
  // A port never has an error to tell.
  const target = Object.assign(near, { terminate }) as unknown as WorkerTarget;
  return {
    target,
    hang: () => {
      channels.isHanging = true;
    },
  };
}

interface Channels {
  isHanging: boolean;
  readonly open: Set<BroadcastChannel>;
}

function hangable(target: MessageTarget, channels: Channels): MessageTarget {
  const own = new Map<unknown, (event: MessageEvent<unknown>) => void>();
  return {
    postMessage: (message: unknown, transfer: ArrayBuffer[] = []) => {
      if (!channels.isHanging) target.postMessage(message, transfer);
    },
    addEventListener: (type, listener) => {
      const hear = (event: MessageEvent<unknown>): void => {
        if (!channels.isHanging) listener(event);
      };
      own.set(listener, hear);
      target.addEventListener(type, hear);
    },
    removeEventListener: (type, listener) => {
      const hear = own.get(listener);
      if (hear !== undefined) target.removeEventListener(type, hear);
    },
  };
}

/** The locks of one page or worker, which all become free when that is gone. */
function killableLocks() {
  const killed = Promise.withResolvers<void>();
  const ended = new AbortController();
  const locks = {
    query: () => allLocks.query(),
    request: (name: string, ...given: readonly unknown[]) => {
      const hold = given.at(-1) as (lock: Lock | null) => unknown; // As the interface has it.
      const { signal, ...options } = (given.length > 1 ? given[0] : {}) as LockOptions;
      const signals = signal === undefined ? [ended.signal] : [ended.signal, signal];
      const more = options.steal === true ? {} : { signal: AbortSignal.any(signals) };
      return allLocks.request(name, { ...options, ...more }, (lock) =>
        Promise.race([killed.promise, Promise.resolve(hold(lock))]),
      );
    },
  };
  return {
    locks: locks as unknown as LockManager, // All that is asked for.
    kill: () => {
      killed.resolve();
      ended.abort();
    },
  };
}

function createManualClock(): ManualClock {
  const sleeping: { readonly ms: number; readonly wake: () => void }[] = [];
  let slept = Promise.withResolvers<void>();
  return {
    now: () => 0,
    sleep: (ms, signal) =>
      ms < 1_000
        ? setImmediate()
        : new Promise((resolve) => {
            sleeping.push({ ms, wake: resolve });
            signal?.addEventListener('abort', () => resolve());
            slept.resolve();
            slept = Promise.withResolvers();
          }),
    end: async (ms) => {
      while (!sleeping.some((sleep) => sleep.ms === ms)) await slept.promise;
      for (const sleep of sleeping.splice(0)) {
        if (sleep.ms === ms) sleep.wake();
        else sleeping.push(sleep);
      }
    },
  };
}
