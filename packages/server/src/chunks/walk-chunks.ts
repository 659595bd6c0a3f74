import type { ChunkName } from '@dataans/core';
import type { ChunkSource, StoredChunk } from './chunk-store.ts';

const pageChunks = 1_000;

/** Every chunk in the order of names, a page at a time. What comes behind the place reached meanwhile is met as well. */
export async function* walkChunks(chunks: Pick<ChunkSource, 'list'>): AsyncGenerator<StoredChunk, void> {
  let after: ChunkName | null = null;
  for (;;) {
    const page: readonly StoredChunk[] = await chunks.list(after, pageChunks);
    yield* page;
    if (page.length < pageChunks) return;
    after = page.at(-1)?.name ?? null;
  }
}
