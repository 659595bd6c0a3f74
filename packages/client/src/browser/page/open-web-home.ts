import { DataansError } from '@dataans/core';
import type { Home } from '../../home/home.ts';
import { callRemote } from '../../remote/call-remote.ts';
import type { RemoteShape } from '../../remote/remote-shape.ts';
import { createBrowserClock } from '../clock.ts';
import { joinTabs } from './join-tabs.ts';
import { nameWrites } from './name-writes.ts';
import { notePage } from './note-page.ts';
import type { Tab } from './tab.ts';

/** Which home a page opens, and by which worker. */
export interface WebHomeOptions {
  /** Names what this home keeps in the origin: one for each account. `dataans` unless told. */
  readonly name?: string;
  /**
   * Of the program: a number that grows with each version. Tabs of two versions don't share a home: the later one takes it
   * over, and the earlier one has to be reloaded. // BRW-11
   */
  readonly version: number;
  /** Starts the program's module worker, which calls `startHomeWorker`. Asked again if a worker hangs. */
  readonly startWorker: () => Worker;
}

/** A home as a page has it, whichever tab has it open. */
export interface WebHome {
  /** It syncs automatically. Its `close` ends this page's use of it, not that of other tabs. */
  readonly home: Home;
  readonly tab: Tab;
}

const shape: RemoteShape = { subscriptions: ['live'], once: ['account.changePassword'] };

/** The home of this origin. Nothing has to be waited for: calls wait until some tab has it open. */
export function openWebHome({ name = 'dataans', version, startWorker }: WebHomeOptions): WebHome {
  const randomId = (): string => crypto.randomUUID();
  const tab = joinTabs({
    name,
    version,
    startWorker,
    shape,
    locks: navigator.locks,
    clock: createBrowserClock(),
    randomId,
    openChannel: (channel) => new BroadcastChannel(channel),
  });
  const { served, close } = callRemote<Home>(tab.port, shape, nameWrites(randomId));
  const stopNoting = notePage(window, { ...tab, retry: () => served.sync.retry() });
  const { leader, onLeader, useHere } = tab;
  return {
    home: withOwnClose(served, async () => {
      stopNoting();
      close(closed);
      await tab.close();
    }),
    tab: { leader, onLeader, useHere },
  };
}

/** Everything but `close` is the home's own. */
function withOwnClose(served: Home, close: () => Promise<void>): Home {
  return new Proxy(served, {
    get: (_, name) => (name === 'close' ? close : (Reflect.get(served, name) as unknown)),
  });
}

function closed(): DataansError {
  return new DataansError('storage-unusable', 'This home was closed meanwhile.', {
    advice: 'Open it again.',
  });
}
