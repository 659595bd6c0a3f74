import { startChain, type Hash, type LogId } from '@dataans/core';
import type { Cursor } from './local-log.ts';

/** Before the first entry of a log. */
export function startCursor(hash: Hash, log: LogId): Cursor {
  return { log, seq: 0, chain: startChain(hash, log) };
}
