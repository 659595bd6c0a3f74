import type { ChunkUsage, StoredChunk } from '../../chunks/chunk-store.ts';

export interface CountedUsage {
  read(): Promise<ChunkUsage>;
  replaced(bytesBefore: number | null, bytesNow: number): void;
}

/** Counts on the first question, so that a start does not wait for it; a count that fails is tried again. */
export function createUsage(walk: () => AsyncIterable<StoredChunk>): CountedUsage {
  let counting: Promise<ChunkUsage> | null = null;
  let total = { count: 0, bytes: 0 };
  const count = async () => {
    total = { count: 0, bytes: 0 };
    for await (const { size } of walk()) total = { count: total.count + 1, bytes: total.bytes + size };
    return total;
  };
  return {
    read: async () => {
      counting ??= count().catch((error: unknown) => {
        counting = null;
        throw error;
      });
      await counting;
      return total;
    },
    replaced: (bytesBefore, bytesNow) => {
      total = {
        count: total.count + (bytesBefore === null ? 1 : 0),
        bytes: total.bytes + bytesNow - (bytesBefore ?? 0),
      };
    },
  };
}
