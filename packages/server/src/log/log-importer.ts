import type { Frame } from '@dataans/core';
import type { LogHead } from './log-store.ts';

/** Makes a log that is elsewhere already, as a backup and a restore do. No route has one. */
export interface LogImporter {
  /** Where the import stands. */
  head(): LogHead;
  /** Stores frames of either kind behind the head. */
  append(frames: readonly Frame[]): Promise<void>;
  putRecord(record: Uint8Array): Promise<void>;
}
