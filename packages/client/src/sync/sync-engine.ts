import type { DataansError } from '@dataans/core';
import type { ClockDifference } from '../status/clock-difference.ts';
import type { Healing } from '../status/last-healing.ts';
import type { MassDeletion } from '../status/mass-deletion.ts';
import type { OnSyncProgress, SyncProgress } from './sync-progress.ts';

/** What one sync did. */
export interface SyncReport extends ClockDifference {
  /** Operations that the server took. */
  readonly sent: number;
  /** Operations that the server would not take, or that wait for a chunk: `problems` says why. */
  readonly held: number;
  /** Operations that were new here. */
  readonly received: number;
  /** Of those sent, changes of notes, spaces and files: what a person counts. A device also tells of itself. */
  readonly changesSent: number;
  /** The same of those received. */
  readonly changesReceived: number;
  /** Entities that now rest on revisions made apart. */
  readonly merged: number;
  /** Received operations that could not be used; they are kept. */
  readonly quarantined: number;
  /** Operations that were kept aside before and could be used now. */
  readonly released: number;
  readonly chunksSent: number;
  readonly chunksReceived: number;
  /** Files whose content has become whole here. */
  readonly filesReceived: number;
  /** Files whose content is still not whole here: the server has not all of it yet. */
  readonly filesMissing: number;
  /** The server was put back, wiped or replaced, and has everything again that this device has; `null` where not. */
  readonly healed: Healing | null;
  /** More notes than a tenth were deleted elsewhere; the status says so until somebody acknowledges it. // GRD-2 */
  readonly massDeletion: MassDeletion | null;
  /** What could not be done although the sync went on; what is concerned is sent or fetched the next time. */
  readonly problems: readonly DataansError[];
}

export interface SyncOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnSyncProgress;
  /** How long to wait for another sync of the same store to end. A minute unless told. */
  readonly waitMs?: number;
  /** `false` leaves contents of files on the server. */
  readonly fetchFiles?: boolean;
  /** `true` says to the other devices what this one has seen, also if it did so today. // WIT-1 */
  readonly witness?: boolean;
}

interface Trouble {
  readonly error: DataansError;
  /** `false` if it is only met again, and nothing went well in between. */
  readonly isNew: boolean;
}

/** What happens while a store is kept the same as the server. */
export type WatchEvent =
  /** The server tells this device about changes from now on. */
  | { readonly type: 'connected' }
  /** Nothing is lost; the next attempt comes by itself. */
  | ({ readonly type: 'disconnected'; readonly retryInMs: number } & Trouble)
  /** The credential is no longer accepted: watching goes on when there is another one. */
  | ({ readonly type: 'paused' } & Trouble)
  | { readonly type: 'synced'; readonly report: SyncReport }
  | { readonly type: 'progress'; readonly progress: SyncProgress };

export interface WatchOptions {
  readonly signal: AbortSignal;
  readonly onEvent?: (event: WatchEvent) => void;
}

/** Keeps a store and a server the same. */
export interface SyncEngine {
  /**
   * Sends what the server has not, and gets what this device has not.
   *
   * @throws DataansError when it could not be done; what was done until then stays
   */
  sync(options?: SyncOptions): Promise<SyncReport>;
  /** Syncs at once and whenever something changes here or there, until the signal aborts. */
  watch(options: WatchOptions): Promise<void>;
  /** Ends every pause of the watches: the network is back, or a proxy lets this device in again. // SYN-24 */
  retry(): void;
}
