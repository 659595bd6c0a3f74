import type { LogMessage, UnlockedKeyring } from '@dataans/core';
import type { KeptFindings } from '../findings/kept-findings.ts';
import type { SyncDependencies } from '../sync/sync-run.ts';
import type { Verification } from './kept-verification.ts';
import type { VerifyProgress } from './verification.ts';

/** One verification while it runs. */
export interface VerifyRun extends Omit<SyncDependencies, 'lock' | 'randomness'> {
  readonly keyring: UnlockedKeyring;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VerifyProgress) => void;
  readonly findings: KeptFindings;
  /** What the server said of its log at the beginning. */
  readonly log: LogMessage;
  /** Tells how far it has come, which is kept now and then, and in the end. */
  readonly keep: (verification: Verification) => void;
}
