import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { utf8ToBytes, type LogId } from '@dataans/core';
import {
  nameOf,
  piecesOf,
  testChunkStore,
  testChunkStorePair,
} from '../../../packages/server/src/chunks/chunk-store.contract.ts';
import type { S3Place } from '../../../packages/server/src/chunks/chunk-place.ts';
import type { ChunkStore } from '../../../packages/server/src/chunks/chunk-store.ts';
import { openIndexedChunks } from '../../../packages/server/src/chunks/indexed-chunks.ts';
import { sha256 } from '../../../packages/server/src/hash.ts';
import { createAskBucket, type AskBucket } from '../../../packages/server/src/storage/s3/ask-bucket.ts';
import { createS3Blobs } from '../../../packages/server/src/storage/s3/s3-blobs.ts';
import { openSqliteChunkIndex } from '../../../packages/server/src/storage/sqlite/sqlite-chunk-index.ts';
import { startServer } from '../../world/server.ts';
import { createWorld } from '../../world/world.ts';

/** What a server needs of an object store. Makes the bucket, and each test has a log of its own in it. */
export async function testObjectStore(name: string, place: S3Place): Promise<void> {
  assert.equal((await askOf(place)({ method: 'PUT', key: '' })).status, 200);

  testChunkStore(`chunks in ${name}`, async (t) => openChunks(t, place, newLog(), await indexPath(t)));

  testChunkStorePair(`chunks in ${name}`, async (t) => {
    const [log, path] = [newLog(), await indexPath(t)];
    return [await openChunks(t, place, log, path), await openChunks(t, place, log, path)];
  });

  test(`[SRV-91] an index is filled from what lies in ${name}, over more than a page`, async (t) => {
    const log = newLog();
    const blobs = createS3Blobs({ ask: askOf(place), prefix: place.prefix, log });
    const bodies = Array.from({ length: 12 }, (_, number) => utf8ToBytes(`chunk ${number}`));
    const chunks = await openChunks(t, place, log, await indexPath(t));
    for (const body of bodies) await chunks.put(nameOf(body), piecesOf(body, 9));
    const names = bodies.map(nameOf).toSorted();
    assert.deepEqual(
      (await blobs.list(null, 5)).map((chunk) => chunk.name),
      names.slice(0, 5),
    );
    assert.deepEqual(
      (await blobs.list(names[4] ?? null, 99)).map((chunk) => chunk.name),
      names.slice(5),
    );
    const again = await openChunks(t, place, log, await indexPath(t));
    assert.deepEqual(await again.usage(), await chunks.usage());
  });

  test(`[SRV-92] ${name} is a place that the doctor can list with the right key, and not with another`, async (t) => {
    const world = await createWorld(t);
    const env = {
      DATAANS_CHUNKS: `s3://${place.bucket}/doctor`,
      DATAANS_S3_ENDPOINT: place.endpoint.origin,
      DATAANS_S3_REGION: place.region,
      DATAANS_S3_KEY_ID: place.keyId,
      DATAANS_S3_SECRET: place.secret,
    };
    const server = await startServer(world, { env });
    assert.match((await server.operate('doctor')).stdout, /^good +chunks +The bucket .* can be listed\.$/m);
    await assert.rejects(
      startServer(world, { name: 'another', env: { ...env, DATAANS_S3_SECRET: 'another' } }),
      /The bucket answered 403/,
    );
  });
}

function askOf(place: S3Place): AskBucket {
  return createAskBucket(place, { fetch, wait, random: Math.random });
}

function newLog(): LogId {
  return randomUUID() as LogId;
}

async function indexPath(t: TestContext): Promise<string> {
  return join((await createWorld(t)).folder, 'index.sqlite');
}

async function openChunks(t: TestContext, place: S3Place, log: LogId, path: string): Promise<ChunkStore> {
  const index = openSqliteChunkIndex(path, 'bucket');
  t.after(() => index.close());
  const blobs = createS3Blobs({ ask: askOf(place), prefix: place.prefix, log });
  return openIndexedChunks({ blobs, index, hash: sha256 });
}
