import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hashToChunkName, type ChunkName, type LogId } from '@dataans/core';
import { openIndexedChunks } from '../../packages/server/src/chunks/indexed-chunks.ts';
import type { ChunkStore } from '../../packages/server/src/chunks/chunk-store.ts';
import type { S3Place } from '../../packages/server/src/chunks/chunk-place.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { createAskBucket } from '../../packages/server/src/storage/s3/ask-bucket.ts';
import { createS3Blobs } from '../../packages/server/src/storage/s3/s3-blobs.ts';
import { openSqliteChunkIndex } from '../../packages/server/src/storage/sqlite/sqlite-chunk-index.ts';
import { createPutSigned } from '../../packages/server/src/testing/put-signed.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { countRow, durationRow, timed, type Pair, type Row } from '../measure.ts';

const chunkBytes = 1_000_000;
const ratioMax = 1.3;

interface Chunk {
  readonly name: ChunkName;
  readonly bytes: Buffer<ArrayBuffer>;
}

/** Chunks in a bucket on this machine: how many requests they take, and how long beside a bare one. */
export async function measureBucket(folder: string, samples: number): Promise<readonly Row[]> {
  const opened = new AsyncDisposableStack();
  try {
    const { place, requests } = await startS3Server({ after: (release) => opened.defer(release) });
    const index = opened.adopt(openSqliteChunkIndex(join(folder, 'index.sqlite'), 'bucket'), (one) =>
      one.close(),
    );
    const ask = createAskBucket(place, { fetch, wait, random: Math.random });
    const blobs = createS3Blobs({ ask, prefix: place.prefix, log: randomUUID() as LogId });
    const chunks = await openIndexedChunks({ blobs, index, hash: sha256 });
    const count = async (work: () => Promise<unknown>): Promise<number> => {
      requests.length = 0;
      await work();
      return requests.length;
    };
    const first = newChunk();
    return [
      countRow('bucket: requests to put a chunk', await count(() => put(chunks, first)), 1),
      countRow('bucket: requests to get a chunk', await count(() => get(chunks, first)), 1),
      countRow('bucket: requests to ask what is missing', await count(() => chunks.missing([first.name])), 0),
      durationRow(
        'bucket: 1 MB put, beside a bare signed request',
        await measurePuts(chunks, place, samples),
        ratioMax,
      ),
    ];
  } finally {
    await opened.disposeAsync();
  }
}

async function measurePuts(chunks: ChunkStore, place: S3Place, samples: number): Promise<readonly Pair[]> {
  const putBare = createPutSigned(place);
  const pairs: Pair[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const [ours, bare] = [newChunk(), newChunk()];
    const figure = await timed(() => put(chunks, ours));
    const limit = await timed(() => putBare(bare.bytes));
    pairs.push({ figure: figure.ms, limit: limit.ms });
  }
  return pairs;
}

async function put(chunks: ChunkStore, { name, bytes }: Chunk): Promise<void> {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
  }
  if ((await chunks.put(name, body())) !== 'stored') throw new Error('The chunk was not stored.');
}

async function get(chunks: ChunkStore, { name }: Chunk): Promise<void> {
  const read = await chunks.read(name, 'whole');
  if (read === null || read === 'unsatisfiable') throw new Error('The chunk is not there.');
  for await (const _ of read.body);
}

function newChunk(): Chunk {
  const bytes = randomBytes(chunkBytes);
  return { name: hashToChunkName(sha256(bytes)), bytes };
}
