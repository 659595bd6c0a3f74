import { createHash } from 'node:crypto';
import { hashToChunkName, type ChunkName } from '@dataans/core';
import { SourceError } from '../stores/source-error.ts';
import { errorText } from '../system-error.ts';
import type { ChunkSource } from './chunk-store.ts';

/** Hashes a stored chunk again: what is wrong with it, as the end of a sentence, or `null`. Rejects with `SourceError`. */
export async function findChunkDamage(
  chunks: Pick<ChunkSource, 'read'>,
  name: ChunkName,
): Promise<string | null> {
  try {
    const read = await chunks.read(name, 'whole');
    // All of a chunk can always be had.
    if (read === null || read === 'unsatisfiable') return 'is not where it belongs';
    const hash = createHash('sha256');
    for await (const piece of read.body) hash.update(piece);
    return hashToChunkName(hash.digest()) === name ? null : otherBytes;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    return `cannot be read (${errorText(error)})`;
  }
}

export const otherBytes = 'its bytes are not the ones it was stored with';
