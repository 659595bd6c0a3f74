import type { ChunkName } from '@dataans/core';

/**
 * What became of a chunk: `mismatch` means that the SHA-256 of the body is not the name, and that
 * nothing was stored.
 */
export type PutOutcome = 'stored' | 'already' | 'mismatch';

/** Bytes of a chunk, `start` counted from 0, `end` behind the last. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

export interface ChunkUsage {
  readonly count: number;
  readonly bytes: number;
}

export interface StoredChunk {
  readonly name: ChunkName;
  readonly size: number;
}

/** Chunks that are there already. */
export interface ChunkReader {
  /** Bytes of a chunk; `null` where it is not there. */
  size(name: ChunkName): Promise<number | null>;
  /** The bytes of a span, which the caller has checked against the size; `null` where the chunk is not there. */
  read(name: ChunkName, span: ByteSpan): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>;
  /** Those of the names that are not there, in the order given. */
  missing(names: readonly ChunkName[]): Promise<readonly ChunkName[]>;
  /** Every chunk, in no order that means anything. */
  walk(): AsyncIterable<StoredChunk>;
}

/**
 * Sealed pieces of files by name. A chunk is there whole or not at all, and has reached the disk
 * when `put` resolves. Any call may reject with `StorageFullError`, having changed nothing.
 */
export interface ChunkStore extends ChunkReader {
  /**
   * Takes the body as it arrives and never holds it whole. Where reading the body fails, rejects
   * with that error and stores nothing. // SRV-16
   */
  put(name: ChunkName, body: AsyncIterable<Uint8Array>): Promise<PutOutcome>;
  /** How much is stored; counted once, then kept up to date. */
  usage(): Promise<ChunkUsage>;
}
