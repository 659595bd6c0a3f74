import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { utf8ToBytes, type LogId } from '@dataans/core';
import {
  nameOf,
  piecesOf,
  testChunkStore,
  testChunkStorePair,
} from '../../packages/server/src/chunks/chunk-store.contract.ts';
import type { ChunkStore } from '../../packages/server/src/chunks/chunk-store.ts';
import { openIndexedChunks } from '../../packages/server/src/chunks/indexed-chunks.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { createAskBucket } from '../../packages/server/src/storage/s3/ask-bucket.ts';
import { createS3Blobs } from '../../packages/server/src/storage/s3/s3-blobs.ts';
import { openSqliteChunkIndex } from '../../packages/server/src/storage/sqlite/sqlite-chunk-index.ts';
import { startServer } from '../world/server.ts';
import { createWorld } from '../world/world.ts';
import { startSwift } from './object-stores/swift.ts';

const place = await startSwift(await createWorld({ after }));
const ask = createAskBucket(place, { fetch, wait, random: Math.random });
assert.equal((await ask({ method: 'PUT', key: '' })).status, 200);

testChunkStore('chunks in Swift', async (t) => openChunks(t, newLog(), await indexPath(t)));

testChunkStorePair('chunks in Swift', async (t) => {
  const [log, path] = [newLog(), await indexPath(t)];
  return [await openChunks(t, log, path), await openChunks(t, log, path)];
});

test('[SRV-91] an index is filled from what lies in Swift, over more than a page', async (t) => {
  const log = newLog();
  const blobs = createS3Blobs({ ask, prefix: place.prefix, log });
  const bodies = Array.from({ length: 12 }, (_, number) => utf8ToBytes(`chunk ${number}`));
  const chunks = await openChunks(t, log, await indexPath(t));
  for (const body of bodies) await chunks.put(nameOf(body), piecesOf(body, 9));
  const names = bodies.map(nameOf).toSorted();
  assert.deepEqual(
    (await blobs.list(null, 5)).map(({ name }) => name),
    names.slice(0, 5),
  );
  assert.deepEqual(
    (await blobs.list(names[4] ?? null, 99)).map(({ name }) => name),
    names.slice(5),
  );
  const again = await openChunks(t, log, await indexPath(t));
  assert.deepEqual(await again.usage(), await chunks.usage());
});

test('[SRV-92] Swift is a place that the doctor can list with the right key, and not with another', async (t) => {
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

function newLog(): LogId {
  return randomUUID() as LogId;
}

async function indexPath(t: TestContext): Promise<string> {
  return join((await createWorld(t)).folder, 'index.sqlite');
}

async function openChunks(t: TestContext, log: LogId, path: string): Promise<ChunkStore> {
  const index = openSqliteChunkIndex(path, 'Swift');
  t.after(() => index.close());
  const blobs = createS3Blobs({ ask, prefix: place.prefix, log });
  return openIndexedChunks({ blobs, index, hash: sha256 });
}
