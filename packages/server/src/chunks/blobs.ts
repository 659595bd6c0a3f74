import type { ChunkName } from '@dataans/core';
import type { ChunkSource } from './chunk-store.ts';

/**
 * A place that keeps bytes under a name and knows nothing else, such as a bucket. Each call may be a request over the
 * network. Any may reject with `StorageUnavailableError` or `StorageFullError`.
 */
export interface Blobs extends ChunkSource {
  /** `already`: something is there under the name, and was left as it is. Else the bytes last once this resolves. */
  putIfAbsent(name: ChunkName, bytes: Uint8Array<ArrayBuffer>): Promise<'stored' | 'already'>;
  /** Stores the bytes, whatever is there. */
  replace(name: ChunkName, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}
