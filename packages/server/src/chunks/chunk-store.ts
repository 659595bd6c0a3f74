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

/**
 * What somebody wants of a chunk whose size they need not know: all of it, the bytes from `from` up to `to` (behind the
 * last one, `null`: to the end), or the last ones.
 */
export type ChunkRange =
  'whole' | { readonly from: number; readonly to: number | null } | { readonly last: number };

/** A chunk that is being read. Whoever has the body reads it to its end, or cancels it. */
export interface ReadChunk {
  /** Of the whole chunk, in bytes. */
  readonly size: number;
  /** Which bytes the body has. */
  readonly span: ByteSpan;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface ChunkUsage {
  readonly count: number;
  readonly bytes: number;
}

export interface StoredChunk {
  readonly name: ChunkName;
  readonly size: number;
}

/** Chunks to go through, one page after another, and to read. */
export interface ChunkSource {
  /** Bytes of a chunk; `null` if it is not there. */
  size(name: ChunkName): Promise<number | null>;
  /** `unsatisfiable` if no byte of the chunk is in the range; `null` if the chunk is not there. // SRV-19 */
  read(name: ChunkName, range: ChunkRange): Promise<ReadChunk | 'unsatisfiable' | null>;
  /**
   * Up to `limit` chunks in the order of their names, from the one behind `after` on (`null`: from the first).
   * Fewer than `limit` only at the end. // SRV-90
   */
  list(after: ChunkName | null, limit: number): Promise<readonly StoredChunk[]>;
}

/** Chunks that are there already. */
export interface ChunkReader extends ChunkSource {
  /** Those of the names that are not there, in the order given. */
  missing(names: readonly ChunkName[]): Promise<readonly ChunkName[]>;
}

/**
 * Sealed pieces of files by name. A chunk is there whole or not at all, and has reached the disk
 * when `put` resolves. Any call may reject with `StorageFullError`, having changed nothing.
 */
export interface ChunkStore extends ChunkReader {
  /**
   * Takes the body as it arrives and never holds more than one chunk; the caller bounds its size. Where reading the
   * body fails, rejects with that error and stores nothing. // SRV-16
   */
  put(name: ChunkName, body: AsyncIterable<Uint8Array>): Promise<PutOutcome>;
  /** How much is stored; counted once, then kept up to date. */
  usage(): Promise<ChunkUsage>;
}
