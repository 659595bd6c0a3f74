import type { LogId } from '@dataans/core';
import type { FindingList } from '../findings/finding-list.ts';

/** What was seen of the entries of the log. */
export interface EntryTally {
  readonly checked: number;
  /** Opened, and understood. */
  readonly opened: number;
  /** Byte for byte the same as the operation of their id that is here. */
  readonly same: number;
  /** Whole, and not here yet: a sync fetches them. */
  readonly unreceived: number;
  /** Sealed with our keys, by a program that is newer or faulty. */
  readonly notUnderstood: number;
}

/** What was seen of the chunks that acknowledged operations name. */
export interface ChunkTally {
  readonly files: number;
  readonly chunks: number;
  /** Of the chunks that were fetched and opened; 0 where they were only asked for. */
  readonly fetchedBytes: number;
}

/** What a verification has compared and found. */
export interface VerifyReport {
  readonly address: string;
  readonly log: LogId;
  /** Entries that the log has. */
  readonly head: number;
  /** The entry behind which this run went on from an earlier one; 0 where it began at the start. */
  readonly resumedAt: number;
  readonly entries: EntryTally;
  readonly chunks: ChunkTally;
  /** Every chunk was fetched and opened. */
  readonly deep: boolean;
  /** Operations that wait to be sent: nobody expects them on the server. */
  readonly pending: number;
  /** Of these, changes of notes, spaces and files. */
  readonly pendingChanges: number;
  /** All that is wrong, also what earlier work found and nothing has settled. */
  readonly found: FindingList;
}

/** How far a verification has come. */
export interface VerifyProgress {
  readonly phase:
    /** Entries of the log. */
    | 'entries'
    /** Chunks, asked for or fetched. */
    | 'chunks';
  readonly done: number;
  readonly total: number;
}

export interface VerifyOptions {
  /** Fetches and opens every chunk. */
  readonly deep?: boolean;
  /** Forgets how far an interrupted run had come. */
  readonly fromStart?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/**
 * Fetches and opens everything on the server, and compares it with what is here. Changes no data, here or
 * there; what is found is kept for the status. // VFY-7
 *
 * @throws DataansError where the server cannot be asked; what was checked until then is not checked again
 */
export type Verify = (options?: VerifyOptions) => Promise<VerifyReport>;
