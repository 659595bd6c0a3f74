import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ChunkFetcher, SealedFile } from '../../packages/client/src/files/files.ts';
import { countPieces, unpackChunkNames } from '@dataans/core';
import { attach } from './attach.ts';
import { answer, createMeddledTransport, createWatchedTransport, cutOff, problem } from './transports.ts';
import { signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

const pieceBytes = 1_000_000;

/** A size of content that with its padding takes so many chunks. */
function bytesOfChunks(chunks: number): number {
  const bytes = chunks * pieceBytes - 300_000;
  assert.equal(countPieces(bytes), chunks);
  return bytes;
}

async function readContent(home: TestHome, file: SealedFile, fetchChunk?: ChunkFetcher): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const files = await home.files();
  for await (const piece of files.open(file, fetchChunk === undefined ? {} : { fetchChunk }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

function chunkPath(home: TestHome, file: SealedFile, index: number): string {
  const name = unpackChunkNames(file.chunks)?.[index] ?? '';
  return join(home.directory, 'chunks', name.slice(0, 2), name);
}

test('[FIL-1] the operation of a file follows its chunks, its note goes ahead, and both come to another device', async (t) => {
  const { address } = await startServer(t);
  const watched = createWatchedTransport();
  const a = await signedIn(t, address, undefined, { transport: watched.transport });
  const content = randomBytes(3 * pieceBytes + 17);
  const sealed = await attach(a, 'photo.jpg', content);
  watched.take();
  const report = await sync(a);
  assert.deepEqual([report.chunksSent, report.sent, report.held], [4, 5, 0]);
  const lines = watched.take();
  assert.deepEqual(lines, [
    'POST /v1/operations',
    'POST /v1/chunks/missing',
    ...Array.from({ length: 4 }, () => 'PUT /v1/chunks/*'),
    'POST /v1/operations',
  ]);
  const b = await signedIn(t, address, a);
  const received = await sync(b);
  assert.equal(received.filesReceived, 1);
  assert.equal(received.chunksReceived, 4);
  assert.deepEqual(await readContent(b, sealed), content);
  const [file] = [...b.store.entities.files()];
  assert.equal(file?.value.name, 'photo.jpg');
});

test('[FIL-1] an operation whose chunk is gone from this device waits, and the others do not', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const content = randomBytes(1_000);
  const sealed = await attach(a, 'photo.jpg', content);
  await rm(chunkPath(a, sealed, 0));
  const report = await sync(a);
  assert.equal(report.held, 1);
  assert.deepEqual(
    report.problems.map((found) => found.code),
    ['not-found'],
  );
  assert.equal(a.store.log.outboxCount(), 1);
  await attach(a, 'once more', content);
  assert.equal((await sync(a)).sent, 3);
  assert.equal(a.store.log.outboxCount(), 0);
});

for (const code of ['storage-full', 'over-quota'] as const)
  test(`[FIL-1] [SYN-10] a server without room for a content (${code}) takes the rest, and says so once`, async (t) => {
    const { address } = await startServer(t);
    let isFull = true;
    const transport = createMeddledTransport((line, _, send) =>
      isFull && line === 'PUT /v1/chunks/*' ? Promise.resolve(problem(507, code)) : send(),
    );
    const a = await signedIn(t, address, undefined, { transport });
    await attach(a, 'film', randomBytes(bytesOfChunks(8)));
    const report = await sync(a);
    assert.equal(report.sent, 4);
    assert.equal(report.held, 1);
    assert.equal(report.chunksSent, 0);
    assert.deepEqual(
      report.problems.map((found) => found.code),
      [code],
    );
    isFull = false;
    assert.equal((await sync(a)).chunksSent, 8);
    assert.equal(a.store.log.outboxCount(), 0);
  });

test('[FIL-6] the order in which chunks are asked about, sent and fetched does not say which belong together', async (t) => {
  const { address } = await startServer(t);
  const seen = { asked: new Array<string>(), sent: new Array<string>(), fetched: new Array<string>() };
  const watch = createMeddledTransport((line, { method, url, body }, send) => {
    const name = /\/v1\/chunks\/([0-9a-f]{64})/.exec(url)?.[1] ?? '';
    if (line === 'POST /v1/chunks/missing') {
      const names: unknown = JSON.parse(Buffer.from(body ?? new Uint8Array()).toString());
      seen.asked.push(...(names as { readonly names: readonly string[] }).names);
    } else if (name !== '') (method === 'PUT' ? seen.sent : seen.fetched).push(name);
    return send();
  });
  const a = await signedIn(t, address, undefined, { transport: watch });
  const owners = new Map<string, number>();
  for (let file = 0; file < 4; file += 1) {
    const { chunks } = await attach(a, `film ${file}`, randomBytes(bytesOfChunks(6)));
    for (const name of unpackChunkNames(chunks) ?? []) owners.set(name, file);
  }
  await sync(a);
  await sync(await signedIn(t, address, a, { transport: watch }));
  for (const [what, names] of Object.entries(seen)) {
    assert.equal(names.length, 24, what);
    const changes = names.filter(
      (name, place) => place > 0 && owners.get(name) !== owners.get(names[place - 1] ?? ''),
    );
    // In the order of files there are 3; 18 are expected, and fewer than 8 once in 10 billion.
    assert.ok(changes.length >= 8, `${what}: ${changes.length} changes from file to file`);
  }
});

test('[FIL-2] equal content is sent once', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const content = randomBytes(bytesOfChunks(2));
  await attach(a, 'one', content);
  assert.equal((await sync(a)).chunksSent, 2);
  await attach(a, 'two', content);
  assert.equal((await sync(a)).chunksSent, 0);
});

test('[FIL-4] an interrupted upload goes on without sending again what the server has', async (t) => {
  const { address } = await startServer(t);
  let puts = 0;
  let isCut = true;
  const transport = createMeddledTransport((line, _, send) => {
    if (line !== 'PUT /v1/chunks/*') return send();
    puts += 1;
    return isCut && puts > 5 ? Promise.reject(cutOff()) : send();
  });
  const a = await signedIn(t, address, undefined, { transport });
  await attach(a, 'film', randomBytes(bytesOfChunks(12)));
  await assert.rejects(sync(a), { code: 'server-unreachable' });
  isCut = false;
  assert.equal((await sync(a)).chunksSent, 12 - 5);
});

test('[FIL-4] an interrupted download goes on where it ended', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const content = randomBytes(bytesOfChunks(12));
  const sealed = await attach(a, 'film', content);
  await sync(a);
  let gets = 0;
  let isCut = true;
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport((line, _, send) => {
      if (line !== 'GET /v1/chunks/*') return send();
      gets += 1;
      return isCut && gets > 5 ? Promise.reject(cutOff()) : send();
    }),
  });
  await assert.rejects(sync(b), { code: 'server-unreachable' });
  assert.equal(b.status().incompleteFiles, 1);
  isCut = false;
  assert.equal((await sync(b)).chunksReceived, 12 - 5);
  assert.deepEqual(await readContent(b, sealed), content);
  assert.equal(b.status().incompleteFiles, 0);
});

test('[FIL-4] content that the server does not have yet is counted, and fetched when it has', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await attach(a, 'photo', randomBytes(2_000));
  await sync(a);
  let isAbsent = true;
  const absent = { type: 'urn:x', title: 'x', status: 404, code: 'not-found', detail: 'There is none.' };
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport((line, _, send) =>
      isAbsent && line === 'GET /v1/chunks/*' ? Promise.resolve(answer(404, JSON.stringify(absent))) : send(),
    ),
  });
  const report = await sync(b);
  assert.equal(report.filesMissing, 1);
  assert.deepEqual(report.problems, []);
  isAbsent = false;
  assert.equal((await sync(b)).filesReceived, 1);
});

test('[FIL-3] other bytes than those that were asked for are not kept, and the rest is', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await attach(a, 'good', randomBytes(2_000));
  const bad = await attach(a, 'bad', randomBytes(3_000));
  await sync(a);
  const badPath = `/v1/chunks/${unpackChunkNames(bad.chunks)?.[0] ?? ''}`;
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport((_line, request, send) =>
      request.url.endsWith(badPath) ? Promise.resolve(answer(200, randomBytes(3_100))) : send(),
    ),
  });
  const report = await sync(b);
  assert.equal(report.filesReceived, 1);
  assert.deepEqual(
    report.problems.map((found) => found.code),
    ['integrity'],
  );
  assert.equal(await (await b.files()).isHeld(bad), false);
});

test('[FIL-3] a chunk that was damaged on disk is fetched again', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const content = randomBytes(2_000);
  const sealed = await attach(a, 'photo', content);
  await sync(a);
  await writeFile(chunkPath(a, sealed, 0), 'torn');
  await assert.rejects(readContent(a, sealed), { code: 'not-found' });
  assert.deepEqual(await readContent(a, sealed, await a.chunkFetcher()), content);
});
