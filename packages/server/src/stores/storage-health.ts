import { limits } from '@dataans/core';

/** Why nothing can be stored just now. */
export type StorageFailure =
  /** No bytes, no names for files, or a quota that is used up. */
  | 'full'
  | 'read-only'
  /** The user that the server runs as may not write there. */
  | 'forbidden'
  /** A fault of the disk, or of what leads to it. */
  | 'faulty'
  /** A database that cannot be reached. */
  | 'away'
  /** A database that only follows another one. */
  | 'standby';

/** What the place that the server stores in has to say. */
export interface StorageHealth {
  /** `null` if something was stored there a moment ago. */
  readonly failure: StorageFailure | null;
  /** Bytes that can still be stored; `null` where nobody knows. */
  readonly freeBytes: number | null;
}

/**
 * With less than this the storage counts as full, in bytes: a batch of 1 MiB is written to the
 * write-ahead log and again to the database, while a chunk of as much arrives, and as much once more
 * stays for what comes meanwhile. // SRV-28
 */
export const freeBytesMin = 4 * limits.batchBytesMax;
