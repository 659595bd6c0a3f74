import { concatBytes, hashToChunkName, type ChunkName, type Hash } from '@dataans/core';
import type { ChunkStore } from './chunk-store.ts';
import { resolveRange } from './resolve-range.ts';

/** Chunks that last as long as the process: for tests and simulations. */
export function createMemoryChunks({ hash }: { readonly hash: Hash }): ChunkStore {
  const bytesByName = new Map<ChunkName, Uint8Array<ArrayBuffer>>();

  return {
    put: async (name, body) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(piece);
      // A new array, so that nobody else holds its buffer.
      const bytes = concatBytes(...pieces) as Uint8Array<ArrayBuffer>;
      if (hashToChunkName(hash(bytes)) !== name) return 'mismatch';
      if (bytesByName.has(name)) return 'already';
      bytesByName.set(name, bytes);
      return 'stored';
    },
    size: async (name) => bytesByName.get(name)?.length ?? null,
    read: async (name, range) => {
      const bytes = bytesByName.get(name);
      if (bytes === undefined) return null;
      const span = resolveRange(range, bytes.length);
      if (span === 'unsatisfiable') return span;
      return { size: bytes.length, span, body: new Blob([bytes.subarray(span.start, span.end)]).stream() };
    },
    missing: async (names) => names.filter((name) => !bytesByName.has(name)),
    list: async (after, limit) =>
      [...bytesByName]
        .map(([name, { length }]) => ({ name, size: length }))
        .filter(({ name }) => after === null || name > after)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1))
        .slice(0, limit),
    usage: async () => ({
      count: bytesByName.size,
      bytes: bytesByName.values().reduce((sum, bytes) => sum + bytes.length, 0),
    }),
  };
}
