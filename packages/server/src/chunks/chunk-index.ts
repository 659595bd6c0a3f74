import type { ChunkName } from '@dataans/core';
import type { ChunkSource, ChunkUsage, StoredChunk } from './chunk-store.ts';

/** Which chunks lie in a place that is slow or costly to ask. It can always be made anew from a list of that place. */
export interface ChunkIndex extends Pick<ChunkSource, 'size' | 'list'> {
  /** Those of the names that are not in it, in the order given. */
  missing(names: readonly ChunkName[]): Promise<readonly ChunkName[]>;
  usage(): Promise<ChunkUsage>;
  /** Takes them all or none. One that is in it already gets the new size. */
  add(chunks: readonly StoredChunk[]): Promise<void>;
  remove(name: ChunkName): Promise<void>;
  /** Whether it was once filled from a list of all that is there. */
  isFilled(): Promise<boolean>;
  markFilled(): Promise<void>;
}
