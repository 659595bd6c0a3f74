import { DataansError } from '@dataans/core';
import type { Stop } from '../live/live-query.ts';
import type { Clock } from '../platform/clock.ts';
import type { WatchEvent } from '../sync/sync-engine.ts';
import type { Session } from './create-session.ts';
import type { HomeRooms } from './home-rooms.ts';
import { connecting, notWatching, stepWatchState, type WatchState } from './watch-state.ts';

/** The automatic sync of a home: begun once, it runs whenever somebody is signed in. */
export interface Watching {
  state(): WatchState;
  start(): void;
  /** Somebody may have signed in, or the network may be back: nothing waits any longer. */
  retry(): void;
  /** Tells that the state is another one. */
  onChange(listener: () => void): Stop;
  /** Resolves when nothing of it runs, and nothing will. */
  end(): Promise<void>;
}

interface Watch {
  readonly session: Session;
  readonly ended: Promise<void>;
}

export function createWatching(rooms: HomeRooms, clock: Clock): Watching {
  const ending = new AbortController();
  const listeners = new Set<() => void>();
  let isStarted = false;
  let watch: Watch | null = null;
  let indexing: Promise<void> | null = null;
  let state = notWatching;

  const change = (next: WatchState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const index = (): void => {
    indexing ??= indexAll(rooms, clock).finally(() => (indexing = null));
  };
  const onEvent = (event: WatchEvent): void => {
    change(stepWatchState(state, event, clock.now()));
    if (event.type === 'synced') index();
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
    index();
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
    onChange: (listener) => {
      const own = (): void => {
        listener();
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
    end: async () => {
      ending.abort();
      await watch?.ended;
      await indexing;
    },
  };
}

/** What came is found by searches, though nobody has searched yet. // STO-44 */
async function indexAll(rooms: HomeRooms, clock: Pick<Clock, 'sleep'>): Promise<void> {
  const pause = (): Promise<void> => clock.sleep(0);
  try {
    await rooms.during((signal) => rooms.store.search.index({ pause, signal }));
  } catch (error) {
    // It ended with the home, or there is no room for it: then searches read every note.
    if (!(error instanceof DataansError)) throw error;
  }
}
