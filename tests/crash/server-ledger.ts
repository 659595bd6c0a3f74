import { createHash } from 'node:crypto';
import type { ChunkName } from '@dataans/core';

/** A batch as it was sent: the ids in hexadecimal, each with the SHA-256 of its envelope. */
export type SentBatch = ReadonlyMap<string, string>;

/** What a server was sent, and what of it it has acknowledged. */
export interface ServerLedger {
  /** SHA-256 of the envelope by operation id. */
  readonly acknowledged: Map<string, string>;
  /** Chains by the place in the log that an answer named them for. */
  readonly chainBySeq: Map<number, string>;
  /** Batches whose answer never came: each is stored whole or not at all. */
  readonly unanswered: Set<SentBatch>;
  readonly chunks: Set<ChunkName>;
  /** ETags that the account record may have: of the one acknowledged last, and of those on their way since. */
  readonly accounts: Set<string | null>;
}

export function createServerLedger(): ServerLedger {
  return {
    acknowledged: new Map(),
    chainBySeq: new Map(),
    unanswered: new Set(),
    chunks: new Set(),
    accounts: new Set([null]),
  };
}

/** In hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
