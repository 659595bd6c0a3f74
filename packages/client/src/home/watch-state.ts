import type { WatchEvent } from '../sync/sync-engine.ts';
import type { SyncProgress } from '../sync/sync-progress.ts';

/** What an automatic sync is doing. */
export interface WatchState {
  readonly connection:
    /** Nobody is signed in, or the home was not started. */
    | 'off'
    | 'connecting'
    | 'online'
    /** The server could not be reached. It is tried again at `nextTryAt`. */
    | 'offline'
    /** The server lets this device in no more: somebody has to sign in, or to sign in at its proxy. */
    | 'paused';
  /** What is under way; `null` if nothing is. */
  readonly activity: SyncProgress | null;
  /** Milliseconds since 1970 UTC; `null` if it does not wait. */
  readonly nextTryAt: number | null;
}

export const notWatching: WatchState = { connection: 'off', activity: null, nextTryAt: null };
export const connecting: WatchState = { ...notWatching, connection: 'connecting' };

export function stepWatchState(state: WatchState, event: WatchEvent, nowMs: number): WatchState {
  switch (event.type) {
    case 'progress':
      return { ...state, activity: event.progress };
    case 'connected':
      return { ...state, connection: 'online', nextTryAt: null };
    case 'synced':
      return { connection: 'online', activity: null, nextTryAt: null };
    case 'disconnected':
      return { connection: 'offline', activity: null, nextTryAt: nowMs + event.retryInMs };
    case 'paused':
      return { connection: 'paused', activity: null, nextTryAt: null };
  }
}
