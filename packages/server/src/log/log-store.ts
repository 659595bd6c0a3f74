import type { Frame, LogId, OperationId } from '@dataans/core';

/** Where a log stands. */
export interface LogHead {
  readonly log: LogId;
  /** Sequence number of the newest operation; 0 while there is none. */
  readonly seq: number;
  /** The chain at `seq`, 32 bytes. */
  readonly chain: Uint8Array;
}

export type Appended =
  | {
      readonly ok: true;
      /** The head before the batch. */
      readonly before: number;
      readonly head: LogHead;
      /** Places in the batch, from 0, of operations that the log already had. */
      readonly already: readonly number[];
    }
  /** Another operation has the id of this place in the batch: nothing of the batch was stored. */
  | { readonly ok: false; readonly code: 'conflict'; readonly place: number };

export interface PageQuestion {
  /** The page begins behind this sequence number. */
  readonly after: number;
  /** What the caller knows as the chain at `after`; `null` asks without a check. */
  readonly chain: Uint8Array | null;
  readonly operationsMax: number;
  /** Bytes of encoded frames; a single frame larger than this still makes a page of its own. */
  readonly bytesMax: number;
}

export type Page =
  /** `frames` is a body of frames, as `encodeFrames` makes one. */
  | { readonly ok: true; readonly frames: Uint8Array; readonly head: number }
  /** `after` is beyond the head, or the chain there is another one. */
  | { readonly ok: false; readonly code: 'log-diverged' };

/** When a new account record may be stored: while there is none, or over the one with this SHA-256. */
export type AccountCondition =
  { readonly kind: 'absent' } | { readonly kind: 'matches'; readonly hash: Uint8Array };

/**
 * One user's log and account record. Each call is one transaction, and has reached the disk when
 * its promise resolves. Any call may reject with `StorageFullError` or
 * `StorageUnavailableError`, having changed nothing.
 */
export interface LogStore {
  /** Made with the log, and never another. // SRV-9 */
  readonly id: LogId;
  head(): Promise<LogHead>;
  /** The chain at a sequence number from 0 on; `null` beyond the head. */
  chainAt(seq: number): Promise<Uint8Array | null>;
  /** The chains at the places behind `after`, at most `count`: as far as the log goes, or to one that is missing. */
  chainsAt(after: number, count: number): Promise<readonly Uint8Array[]>;
  /** Stores a batch of envelopes whole or not at all. // SRV-10, SRV-11 */
  append(envelopes: readonly Frame[]): Promise<Appended>;
  readPage(question: PageQuestion): Promise<Page>;
  /** Those of the ids that the log has not, in the order given. */
  missing(ids: readonly OperationId[]): Promise<readonly OperationId[]>;
  /** The bytes of the account record as they were stored, or `null` before there is one. */
  account(): Promise<Uint8Array | null>;
  /** `false` where the condition does not hold: nothing was stored then. */
  putAccount(record: Uint8Array, condition: AccountCondition): Promise<boolean>;
  /** No call may follow. */
  close(): Promise<void>;
}
