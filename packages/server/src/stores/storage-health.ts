import { limits } from '@dataans/core';

/** What the place that the server stores in has to say. */
export interface StorageHealth {
  readonly writable: boolean;
  /** Bytes that can still be stored; `null` where nobody knows. */
  readonly freeBytes: number | null;
}

/**
 * With less than this the storage counts as full, in bytes: a batch of 1 MiB is written to the
 * write-ahead log and again to the database, while a chunk of as much arrives, and as much once more
 * stays for what comes meanwhile. // SRV-28
 */
export const freeBytesMin = 4 * limits.batchBytesMax;
