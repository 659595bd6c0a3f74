import { parseChunkName, type ChunkName, type LogId } from '@dataans/core';
import type { Blobs } from '../../chunks/blobs.ts';
import type { ChunkRange, StoredChunk } from '../../chunks/chunk-store.ts';
import { resolveRange } from '../../chunks/resolve-range.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import type { Bucket, BucketRange } from './bindings.ts';

/** What R2 lists at once. */
const listedMax = 1_000;

/** The chunks of one log in a bucket of R2, as objects `log id/name`. */
export function createR2Blobs(bucket: Bucket, log: LogId): Blobs {
  const folder = `${log}/`;
  return {
    size: async (name) => (await asking(bucket.head(folder + name)))?.size ?? null,
    putIfAbsent: async (name, bytes) => {
      // R2 compares the bytes with their hash, which is the name.
      const condition = { onlyIf: { etagDoesNotMatch: '*' }, sha256: name };
      return (await asking(bucket.put(folder + name, bytes, condition))) === null ? 'already' : 'stored';
    },
    replace: async (name, bytes) => {
      await asking(bucket.put(folder + name, bytes, { sha256: name }));
    },
    read: async (name, range) => {
      const stored = await asking(bucket.get(folder + name, toOptions(range)));
      if (stored === null) return null;
      const span = resolveRange(range, stored.size);
      if (span !== 'unsatisfiable') return { size: stored.size, span, body: stored.body };
      await stored.body.cancel();
      return span;
    },
    list: (after, limit) => listChunks(bucket, folder, after, limit),
  };
}

async function listChunks(
  bucket: Bucket,
  folder: string,
  after: ChunkName | null,
  limit: number,
): Promise<readonly StoredChunk[]> {
  const chunks: StoredChunk[] = [];
  let startAfter = after === null ? folder : folder + after;
  while (chunks.length < limit) {
    const most = Math.min(listedMax, limit - chunks.length);
    const { objects, truncated } = await asking(bucket.list({ prefix: folder, startAfter, limit: most }));
    for (const { key, size } of objects) {
      // What somebody else put there is no chunk of ours.
      const name = parseChunkName(key.slice(folder.length));
      if (name !== null) chunks.push({ name, size });
    }
    startAfter = objects.at(-1)?.key ?? startAfter;
    if (!truncated) break;
  }
  return chunks;
}

function toOptions(range: ChunkRange): { readonly range?: BucketRange } {
  if (range === 'whole') return {};
  if ('last' in range) return { range: { suffix: range.last } };
  const { from, to } = range;
  return { range: { offset: from, ...(to !== null && { length: to - from }) } };
}

async function asking<Result>(question: Promise<Result>): Promise<Result> {
  try {
    return await question;
  } catch (error) {
    throw new StorageUnavailableError(error);
  }
}
