import { concatBytes, hashToChunkName, type ChunkName, type Hash } from '@dataans/core';
import type { Blobs } from './blobs.ts';
import { findChunkDamage } from './chunk-damage.ts';
import type { ChunkIndex } from './chunk-index.ts';
import type { ChunkStore, PutOutcome, StoredChunk } from './chunk-store.ts';
import { resolveRange } from './resolve-range.ts';
import { createTurns } from './turns.ts';
import { walkChunks } from './walk-chunks.ts';

/** Each holds a whole chunk in memory: 16 MB in all. */
const putsAtOnceMax = 16;

const filledAtOnce = 1_000;

export interface IndexedChunksParts {
  readonly blobs: Blobs;
  readonly index: ChunkIndex;
  /** SHA-256. */
  readonly hash: Hash;
}

/**
 * Chunks in a place that costs a request for each question, and an index of them that answers most questions instead:
 * a new chunk takes one request, a read one, and what is missing none. // SRV-91
 *
 * The row of a chunk is written when its bytes are safe. A crash in between leaves bytes without a row: they count as
 * missing, are sent again, and are found to be there.
 */
export async function openIndexedChunks(parts: IndexedChunksParts): Promise<ChunkStore> {
  const { blobs, index } = parts;
  if (!(await index.isFilled())) await fillIndex(blobs, index);
  return createIndexedChunks(parts);
}

/** @param index filled once */
export function createIndexedChunks({ blobs, index, hash }: IndexedChunksParts): ChunkStore {
  const turns = createTurns(putsAtOnceMax);

  const keep = async (name: ChunkName, bytes: Uint8Array<ArrayBuffer>): Promise<PutOutcome> => {
    const isThere = (await index.size(name)) !== null || (await blobs.putIfAbsent(name, bytes)) === 'already';
    // The stored bytes are hashed: that something is there is no proof of them. // SRV-17
    const isWhole = isThere && (await findChunkDamage(blobs, name)) === null;
    if (isThere && !isWhole) await blobs.replace(name, bytes);
    await index.add([{ name, size: bytes.length }]);
    return isWhole ? 'already' : 'stored';
  };

  return {
    put: (name, body) =>
      turns.take(async () => {
        const bytes = await gather(body);
        return hashToChunkName(hash(bytes)) === name ? keep(name, bytes) : 'mismatch';
      }),
    read: async (name, range) => {
      const size = await index.size(name);
      if (size === null) return null;
      // Stores differ in what they answer for a range of nothing.
      if (resolveRange(range, size) === 'unsatisfiable') return 'unsatisfiable';
      const read = await blobs.read(name, range);
      // Else nobody would ever send it again.
      if (read === null) await index.remove(name);
      return read;
    },
    size: index.size,
    missing: index.missing,
    list: index.list,
    usage: index.usage,
  };
}

async function fillIndex(blobs: Blobs, index: ChunkIndex): Promise<void> {
  let gathered: StoredChunk[] = [];
  for await (const chunk of walkChunks(blobs)) {
    gathered.push(chunk);
    if (gathered.length < filledAtOnce) continue;
    await index.add(gathered);
    gathered = [];
  }
  await index.add(gathered);
  await index.markFilled();
}

async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  // A new array, so that nobody else holds its buffer.
  return concatBytes(...pieces) as Uint8Array<ArrayBuffer>;
}
