import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { paths, utf8ToBytes, type LogId } from '@dataans/core';
import {
  nameOf,
  patternBytes,
  piecesOf,
  testChunkStore,
  testChunkStorePair,
} from '../../chunks/chunk-store.contract.ts';
import type { ChunkStore } from '../../chunks/chunk-store.ts';
import { openIndexedChunks } from '../../chunks/indexed-chunks.ts';
import { sha256 } from '../../hash.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { afterTest } from '../../testing/after-test.ts';
import { startS3Server, type S3Server } from '../../testing/s3-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { assertRefused, createTestApp } from '../../testing/test-app.ts';
import { openSqliteChunkIndex } from '../sqlite/sqlite-chunk-index.ts';
import { BucketError, createAskBucket } from './ask-bucket.ts';
import { createS3Blobs } from './s3-blobs.ts';

const log = '6f0c1c9e-3a52-4d0e-9a7f-0d5f4a1c2b3d' as LogId;
const bytes = utf8ToBytes('a chunk');
const name = nameOf(bytes);
const key = `some/notes/${log}/${name}`;

for (const conditions of [true, false]) {
  const kind = conditions ? 'a bucket with conditions' : 'a bucket without conditions';
  const start = async (t: TestContext): Promise<S3Server> =>
    Object.assign(await startS3Server(t), { conditions });

  testChunkStore(`chunks in ${kind}`, async (t) => openChunks(t, await start(t)));
  testChunkStorePair(`chunks in ${kind}`, async (t) => {
    const [server, path] = [await start(t), await indexPath(t)];
    return [await openChunks(t, server, path), await openChunks(t, server, path)];
  });
}

test('[SRV-91] a new chunk takes one request, a read one, and what is missing none', async (t) => {
  const server = await startS3Server(t);
  const chunks = await openChunks(t, server);
  const requests = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    server.requests.length = 0;
    await work();
    return [...server.requests];
  };
  assert.deepEqual(await requests(() => chunks.put(name, piecesOf(bytes, 3))), ['PUT']);
  assert.deepEqual(await requests(() => read(chunks)), ['GET']);
  assert.deepEqual(await requests(() => chunks.missing([name, nameOf(utf8ToBytes('gone'))])), []);
  assert.deepEqual(await requests(() => chunks.list(null, 9)), []);
  assert.deepEqual(await requests(() => chunks.usage()), []);
  assert.deepEqual(await requests(() => chunks.size(name)), []);
});

test('[SRV-91] a bucket without conditions is asked for one only once', async (t) => {
  const server = Object.assign(await startS3Server(t), { conditions: false });
  const chunks = await openChunks(t, server);
  server.requests.length = 0;
  await chunks.put(name, piecesOf(bytes, 3));
  await chunks.put(nameOf(utf8ToBytes('other')), piecesOf(utf8ToBytes('other'), 3));
  assert.deepEqual(server.requests, ['PUT', 'HEAD', 'PUT', 'HEAD', 'PUT']);
});

test('[SRV-91] an index that is new is filled from what is in the bucket', async (t) => {
  const server = await startS3Server(t);
  const first = await openChunks(t, server);
  const bodies = Array.from({ length: 1_005 }, (_, number) => utf8ToBytes(`chunk ${number}`));
  for (const body of bodies) server.bytesByKey.set(`some/notes/${log}/${nameOf(body)}`, Buffer.from(body));
  server.bytesByKey.set(`some/notes/${log}/stray`, Buffer.from('x'));
  server.bytesByKey.set(`some/notes/${randomUUID()}/${name}`, Buffer.from(bytes));
  assert.equal((await first.usage()).count, 0);
  const second = await openChunks(t, server);
  assert.equal((await second.usage()).count, bodies.length);
  assert.deepEqual(await second.missing([...bodies.map(nameOf), name]), [name]);
});

test('[SRV-91] bytes that a crash left without a row are missing, and found when they are sent again', async (t) => {
  const server = await startS3Server(t);
  const chunks = await openChunks(t, server);
  server.bytesByKey.set(key, Buffer.from(bytes));
  assert.deepEqual(await chunks.missing([name]), [name]);
  assert.equal(await chunks.put(name, piecesOf(bytes, 3)), 'already');
  assert.deepEqual(await chunks.missing([name]), []);
});

test('[SRV-91] a chunk that the bucket has lost counts as missing once somebody asked for it', async (t) => {
  const server = await startS3Server(t);
  const chunks = await openChunks(t, server);
  await chunks.put(name, piecesOf(bytes, 3));
  server.bytesByKey.clear();
  assert.equal(await chunks.read(name, 'whole'), null);
  assert.deepEqual(await chunks.missing([name]), [name]);
  assert.deepEqual(await chunks.usage(), { count: 0, bytes: 0 });
});

for (const damaged of ['a chank', 'a chu', ''])
  test(`[SRV-17] a chunk that is damaged in the bucket (“${damaged}”) is replaced when it is sent again`, async (t) => {
    const server = await startS3Server(t);
    const chunks = await openChunks(t, server);
    await chunks.put(name, piecesOf(bytes, 3));
    server.bytesByKey.set(key, Buffer.from(damaged));
    assert.equal(await chunks.put(name, piecesOf(bytes, 3)), 'stored');
    assert.deepEqual(server.bytesByKey.get(key), Buffer.from(bytes));
  });

for (const trouble of [503, 500, 429, 409, 'cut'] as const)
  test(`[SRV-92] a request that the bucket answers with ${trouble} is sent again, three times at most`, async (t) => {
    const server = await startS3Server(t);
    const chunks = await openChunks(t, server);
    server.troubles.push(trouble, trouble, trouble);
    assert.equal(await chunks.put(name, piecesOf(bytes, 3)), 'stored');
    server.troubles.push(trouble, trouble, trouble, trouble);
    await assert.rejects(chunks.read(name, 'whole'), StorageUnavailableError);
    assert.deepEqual(await read(chunks), bytes);
  });

test('[SRV-92] a bucket that does not answer is given up on', async (t) => {
  const { place } = await startS3Server(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let asked = Promise.withResolvers<void>();
  const hanging: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error('gone')));
      asked.resolve();
    });
  const blobs = createS3Blobs({
    ask: createAskBucket(place, { ...surroundings, fetch: hanging }),
    prefix: '',
    log,
  });
  const outcome = assert.rejects(blobs.size(name), StorageUnavailableError);
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await asked.promise;
    asked = Promise.withResolvers();
    t.mock.timers.tick(20_000);
  }
  await outcome;
});

test('[SRV-92] a key that the bucket refuses is told at once, without the name of a chunk', async (t) => {
  const server = await startS3Server(t);
  const place = { ...server.place, secret: 'another' };
  const blobs = createS3Blobs({ ask: createAskBucket(place, surroundings), prefix: 'x', log });
  await assert.rejects(blobs.putIfAbsent(name, bytes as Uint8Array<ArrayBuffer>), (error: Error) => {
    assert.ok(error instanceof StorageUnavailableError && error.cause instanceof BucketError);
    assert.equal(error.cause.message, 'The bucket answered 403 (SignatureDoesNotMatch).');
    return true;
  });
  assert.equal(server.requests.length, 1);
});

test('[SRV-92] a bucket that is not there is no bucket without the chunk', async (t) => {
  const server = await startS3Server(t);
  const place = { ...server.place, bucket: 'another' };
  const blobs = createS3Blobs({ ask: createAskBucket(place, surroundings), prefix: 'x', log });
  await assert.rejects(blobs.read(name, 'whole'), StorageUnavailableError);
});

test('[SRV-92] while the bucket is away, chunks are unavailable and the notes are not', async (t) => {
  const server = await startS3Server(t);
  const { send } = createTestApp({ chunks: await openChunks(t, server) });
  server.troubles.push(503, 503, 503, 503);
  const refused = await send('PUT', paths.chunk(name), { body: bytes });
  assert.equal(refused.headers.get('retry-after'), '10');
  await assertRefused(refused, 'unavailable');
  assert.equal((await send('GET', paths.operations)).status, 200);
  assert.equal((await send('PUT', paths.chunk(name), { body: bytes })).status, 201);
  const part = await send('GET', paths.chunk(name), { headers: { range: 'bytes=2-' } });
  assert.equal(part.headers.get('content-range'), 'bytes 2-6/7');
  assert.equal(await part.text(), 'chunk');
});

test('[SRV-91] the server holds sixteen chunks at once, and the next senders wait', async (t) => {
  const server = await startS3Server(t);
  const chunks = await openChunks(t, server);
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  let begun = 0;
  const puts = Array.from({ length: 20 }, (_, number) => {
    const body = patternBytes(number + 1);
    return chunks.put(
      nameOf(body),
      (async function* slow() {
        begun += 1;
        await goOn;
        yield body;
      })(),
    );
  });
  await new Promise((next) => setImmediate(next));
  assert.equal(begun, 16);
  resolve();
  assert.ok((await Promise.all(puts)).every((outcome) => outcome === 'stored'));
  assert.equal(begun, 20);
});

const surroundings = { fetch, wait: async () => {}, random: () => 0 };

async function openChunks(t: TestContext, server: S3Server, path?: string): Promise<ChunkStore> {
  const index = openSqliteChunkIndex(path ?? (await indexPath(t)), 'here');
  afterTest(t, () => index.close());
  const ask = createAskBucket(server.place, surroundings);
  const blobs = createS3Blobs({ ask, prefix: server.place.prefix, log });
  return openIndexedChunks({ blobs, index, hash: sha256 });
}

async function indexPath(t: TestContext): Promise<string> {
  return join(await temporaryFolder(t), 'index.sqlite');
}

async function read(chunks: ChunkStore): Promise<Uint8Array> {
  const found = await chunks.read(name, 'whole');
  assert.ok(found !== null && found !== 'unsatisfiable');
  return new Uint8Array(await new Response(found.body).arrayBuffer());
}
