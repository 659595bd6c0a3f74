import type { DataansError, Primitives, UnlockedKeyring } from '@dataans/core';
import type { KeptRecord } from '../account/kept-record.ts';
import type { KeptFindings } from '../findings/kept-findings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Holding } from '../files/holding.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Randomness } from '../platform/randomness.ts';
import type { SyncLock } from '../platform/sync-lock.ts';
import type { FollowOthers } from '../platform/follow-others.ts';
import type { Store } from '../store/store.ts';
import type { ClockDifference } from '../status/clock-difference.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import type { SyncReport } from './sync-engine.ts';
import type { FetchPolicy } from '../files/fetch-policy.ts';
import type { OnSyncProgress } from './sync-progress.ts';
import type { Transfers } from './transfers.ts';

/** What an engine works with. */
export interface SyncDependencies {
  readonly store: Store;
  readonly chunks: LocalChunks;
  readonly holding: Holding;
  readonly connection: ServerConnection;
  readonly primitives: Primitives;
  /** The one in force: another process may have signed in again. */
  readonly readKeyring: () => Promise<UnlockedKeyring>;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Of the lane of operations. // SYN-12 */
  readonly lock: SyncLock;
  /** Of the lanes of chunks: one program at a time sends, and one fetches. */
  readonly sendLock: SyncLock;
  readonly fetchLock: SyncLock;
  /** What is fetched unless somebody has chosen. // FIL-7 */
  readonly defaultPolicy: FetchPolicy;
  /** How many received operations are stored in one step, for which everything else waits; a page of them unless told. */
  readonly operationsAtOnce?: number;
  readonly keptRecord: KeptRecord;
  /** Looks for what others write to the store, until the signal aborts; nobody else writes to it unless told. */
  readonly followOthers?: FollowOthers;
}

/** One sync while it runs: what it works with, and what it has done so far. */
export interface SyncRun extends SyncDependencies {
  readonly transfers: Transfers;
  /** How long to wait for one of the locks. */
  readonly lockWaitMs: number;
  /** A revision of a file may be sent now. */
  readonly onReady: () => void;
  readonly keyring: UnlockedKeyring;
  readonly signal: AbortSignal;
  /** Operations that were here when it began. */
  readonly operationsBefore: number;
  readonly onProgress: OnSyncProgress;
  readonly findings: KeptFindings;
  readonly tally: Tally;
  readonly refusals: Refusals;
  readonly problems: DataansError[];
}

/** What the server would not take in this run, which is not told twice. */
export interface Refusals {
  readonly places: Set<number>;
  /** It takes nothing more now. */
  stopped: boolean;
}

/** Counts that a run adds to. */
export type Tally = {
  -readonly [Name in Exclude<keyof SyncReport, keyof ClockDifference | 'problems'>]: SyncReport[Name];
};

export function emptyTally(): Tally {
  return {
    sent: 0,
    held: 0,
    received: 0,
    changesSent: 0,
    changesReceived: 0,
    merged: 0,
    quarantined: 0,
    released: 0,
    chunksSent: 0,
    chunksReceived: 0,
    filesReceived: 0,
    filesMissing: 0,
    healed: null,
    massDeletion: null,
  };
}
