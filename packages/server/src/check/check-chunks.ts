import { createHash } from 'node:crypto';
import { hashToChunkName } from '@dataans/core';
import type { ChunkStore, StoredChunk } from '../chunks/chunk-store.ts';
import { errorText } from '../system-error.ts';
import { createFindings, type Findings } from './findings.ts';

export interface ChunksReport {
  readonly count: number;
  readonly bytes: number;
  readonly damage: Findings;
}

/** Hashes every chunk again. // SRV-31 */
export async function checkChunks(chunks: ChunkStore): Promise<ChunksReport> {
  const damage = createFindings();
  let count = 0;
  let bytes = 0;
  for await (const chunk of chunks.walk()) {
    count += 1;
    bytes += chunk.size;
    const problem = await problemOf(chunks, chunk);
    if (problem !== null) damage.add(`chunk ${chunk.name}: ${problem}`);
  }
  return { count, bytes, damage: damage.read() };
}

async function problemOf(chunks: ChunkStore, { name, size }: StoredChunk): Promise<string | null> {
  try {
    const body = await chunks.read(name, { start: 0, end: size });
    if (body === null) return 'is not where it belongs';
    const hash = createHash('sha256');
    for await (const piece of body) hash.update(piece);
    return hashToChunkName(hash.digest()) === name ? null : 'its bytes are not the ones it was stored with';
  } catch (error) {
    return `cannot be read (${errorText(error)})`;
  }
}
