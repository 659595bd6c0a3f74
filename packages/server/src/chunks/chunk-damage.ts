import { createHash } from 'node:crypto';
import { hashToChunkName } from '@dataans/core';
import { errorText } from '../system-error.ts';
import type { ChunkReader, StoredChunk } from './chunk-store.ts';

/** Hashes a stored chunk again: what is wrong with it, as the end of a sentence, or `null`. */
export async function findChunkDamage(
  chunks: Pick<ChunkReader, 'read'>,
  { name, size }: StoredChunk,
): Promise<string | null> {
  try {
    const body = await chunks.read(name, { start: 0, end: size });
    if (body === null) return 'is not where it belongs';
    const hash = createHash('sha256');
    for await (const piece of body) hash.update(piece);
    return hashToChunkName(hash.digest()) === name ? null : otherBytes;
  } catch (error) {
    return `cannot be read (${errorText(error)})`;
  }
}

export const otherBytes = 'its bytes are not the ones it was stored with';
