import type { ChunkName } from '@dataans/core';

/** The sealed chunks that this device holds: the same bytes as on the server. */
export interface LocalChunks {
  has(name: ChunkName): Promise<boolean>;
  /**
   * `null` where it is not held, or what is held has another hash than its name: as good as not held.
   *
   * @param buffer of `limits.chunkBytesMax` bytes, which the answer may be a view of
   */
  get(name: ChunkName, buffer?: Uint8Array): Promise<Uint8Array | null>;
  /**
   * Whether it is held, whole. One that is counts as put: a process that was killed may have put it, and it is
   * durable after the next `flush`.
   */
  keep(name: ChunkName): Promise<boolean>;
  /** Whole or not at all, also after a crash. Durable after the next `flush`. The bytes are not kept. */
  put(name: ChunkName, sealed: Uint8Array): Promise<void>;
  /** Everything that was put or kept is on disk. */
  flush(): Promise<void>;
  remove(name: ChunkName): Promise<void>;
}
