import type { ChunkStore } from '../chunks/chunk-store.ts';
import { OverQuotaError } from '../stores/over-quota.ts';

/**
 * Chunks that are taken as long as there is room for them, in one of several processes. Chunks that arrive at once may go beyond it together,
 * by as many as a server takes at once. // SRV-117
 *
 * @param roomBytes how much there is now; `null`: no bound
 */
export function limitChunks(chunks: ChunkStore, roomBytes: () => Promise<number | null>): ChunkStore {
  return {
    ...chunks,
    put: async (name, body) => {
      const room = await roomBytes();
      if (room === null || (await chunks.size(name)) !== null) return chunks.put(name, body);
      return chunks.put(name, bounded(body, room));
    },
  };
}

async function* bounded(body: AsyncIterable<Uint8Array>, room: number): AsyncGenerator<Uint8Array> {
  let arrived = 0;
  for await (const piece of body) {
    arrived += piece.length;
    if (arrived > room) throw new OverQuotaError();
    yield piece;
  }
  // An empty one takes no room, and still has a row.
  if (room < 0) throw new OverQuotaError();
}
