import { DataansError } from '@dataans/core';
import type { Stop } from '../live/live-query.ts';
import type { Clock } from '../platform/clock.ts';
import type { WatchEvent } from '../sync/sync-engine.ts';
import { createIndexKeeping } from './create-indexing.ts';
import type { Session } from './create-session.ts';
import type { HomeRooms } from './home-rooms.ts';
import { connecting, notWatching, stepWatchState, type WatchState } from './watch-state.ts';

/** What is another now: how the sync stands, or what the index has read. */
export type WatchingChange = 'status' | 'index';

/** The automatic sync of a home: begun once, it runs whenever somebody is signed in. */
export interface Watching {
  state(): WatchState;
  start(): void;
  /** Somebody may have signed in, or the network may be back: nothing waits any longer. */
  retry(): void;
  /** Reads what came for searches and mentions, soon. */
  index(): void;
  onChange(listener: (change: WatchingChange) => void): Stop;
  /** Resolves when nothing of it runs, and nothing will. */
  end(): Promise<void>;
}

interface Watch {
  readonly session: Session;
  readonly ended: Promise<void>;
}

export function createWatching(rooms: HomeRooms, clock: Clock): Watching {
  const ending = new AbortController();
  const listeners = new Set<(change: WatchingChange) => void>();
  let isStarted = false;
  let watch: Watch | null = null;
  let state = notWatching;

  const tell = (changed: WatchingChange): void => {
    for (const listener of listeners) listener(changed);
  };
  const change = (next: WatchState): void => {
    state = next;
    tell('status');
  };
  const keeping = createIndexKeeping(rooms, clock, () => {
    tell('index');
  });
  const onEvent = (event: WatchEvent): void => {
    change(stepWatchState(state, event, clock.now()));
    if (event.type === 'synced') keeping.index();
  };
  const run = async (session: Session): Promise<void> => {
    change(connecting);
    try {
      await session.engine.watch({ signal: ending.signal, onEvent });
    } catch (error) {
      // Signed out or closed meanwhile, here or by another process: the status says so.
      if (!(error instanceof DataansError)) throw error;
    } finally {
      if (watch?.session === session) {
        watch = null;
        change(notWatching);
      }
    }
  };
  const begin = (): void => {
    if (!isStarted || ending.signal.aborted || !rooms.isSignedIn()) return;
    const session = rooms.session();
    if (watch?.session === session) return;
    watch = { session, ended: run(session) };
    keeping.index();
  };

  return {
    state: () => state,
    start: () => {
      isStarted = true;
      begin();
    },
    retry: () => {
      rooms.retry();
      begin();
    },
    index: keeping.index,
    onChange: (listener) => {
      const own = (changed: WatchingChange): void => {
        listener(changed);
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
    end: async () => {
      ending.abort();
      await watch?.ended;
      await keeping.end();
    },
  };
}
