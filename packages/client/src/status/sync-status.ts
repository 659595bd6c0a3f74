import type { DataansError, ErrorCode, LogId } from '@dataans/core';
import type { Finding } from '../findings/finding.ts';
import type { ClockLeftAhead } from '../store/clock-left-ahead.ts';
import type { QuarantineCounts } from '../store/local-log.ts';
import type { ClockDifference } from './clock-difference.ts';
import type { Healing } from './last-healing.ts';
import type { MassDeletion } from './mass-deletion.ts';

/** What is wrong, and what a person can do. */
export interface StatusProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice: string;
  /** Which case of the code it is, if a program may have better advice. */
  readonly reason?: string | null;
}

export function errorToProblem({ code, message, advice, reason }: DataansError): StatusProblem {
  return { code, message, advice, reason };
}

/** What lets this device in at its server. */
export interface SessionStatus {
  /** `ended`: its time is over, or the last sync was refused. */
  readonly state: 'active' | 'ended';
  /** Milliseconds since 1970 UTC at which it ends, as the server said; `null`: never, or not known. */
  readonly expires: number | null;
}

/** A place in the server's log, and a code for it: two devices that have one code have seen the same log. */
export interface StatusPosition {
  readonly log: LogId;
  readonly seq: number;
  /** `7K2Q-0XVD-93MA-T5HE` */
  readonly code: string;
}

/** How a home stands. Reads only what is here: no server is asked. */
export interface SyncStatus extends ClockDifference {
  readonly state:
    /** No keys here. */
    | 'signed-out'
    /** Never synced yet. */
    | 'new'
    /** The server had all that a person has here when it was last asked. */
    | 'synced'
    /** Something waits to be sent or fetched. */
    | 'pending'
    /** The last sync failed, or found something that needs a person. */
    | 'problem';
  /** Operations that the server has not acknowledged. */
  readonly pendingOperations: number;
  /** Of these, changes of notes, spaces and files: what a person counts. A device also tells of itself. */
  readonly pendingChanges: number;
  /** Milliseconds since 1970 UTC of the last sync that ended without an error; `null` before the first. */
  readonly lastSyncAt: number | null;
  /** Operations that came and could not be used. */
  readonly quarantined: number;
  /** The same by what is wrong with them. */
  readonly quarantinedBy: QuarantineCounts;
  /** Files whose content is wanted here (FIL-7) and is not whole. */
  readonly incompleteFiles: number;
  readonly problem: StatusProblem | null;
  /** How far the server's log was followed; `null` before the first sign-in. // WIT-5 */
  readonly position: StatusPosition | null;
  /** `null` where nobody is signed in. */
  readonly session: SessionStatus | null;
  /** The last time that the server was found put back, wiped or replaced; `null` where it never was. */
  readonly lastHealing: Healing | null;
  /** Many notes that other devices have deleted, until somebody acknowledges it. // GRD-2 */
  readonly massDeletion: MassDeletion | null;
  /** This device started anew because its clock had been ahead, until somebody acknowledges it. // CLK-6 */
  readonly clockLeftAhead: ClockLeftAhead | null;
  /** What is wrong on the server, as far as it was noticed and not settled: the first of them. // VFY-2 */
  readonly findings: readonly Finding[];
  /** How many there are. */
  readonly findingCount: number;
}
