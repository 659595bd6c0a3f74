import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { paths, utf8ToBytes } from '@dataans/core';
import * as v from 'valibot';
import { nameOf, piecesOf } from '../chunks/chunk-store.contract.ts';
import type { ChunkPlace } from '../chunks/chunk-place.ts';
import { checkStores } from '../commands/check.ts';
import { sha256 } from '../hash.ts';
import { startServer } from '../start-server.ts';
import { startS3Server, type S3Server } from '../testing/s3-server.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { makeBackup } from './backup/make-backup.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { openDataFolder, openDataFolderToRead } from './data-folder.ts';
import { openIndexOf } from './open-chunks.ts';

const chunks = ['one', 'two', 'three'].map(utf8ToBytes);
const names = chunks.map(nameOf).toSorted();
const [first, second] = names;

test('[SRV-93] chunks go to the bucket, below the id of the log, and come back after a restart', async (t) => {
  const { server, root } = await filledFolder(t);
  const folder = await openDataFolder(root, undefined, server.place);
  t.after(() => folder.close());
  assert.deepEqual(
    [...server.bytesByKey.keys()].toSorted(),
    names.map((name) => `some/notes/${folder.log.id}/${name}`),
  );
  assert.deepEqual(await folder.chunks.missing(names), []);
  assert.deepEqual(await folder.chunks.usage(), { count: 3, bytes: 11 });
  assert.equal(existsSync(join(root, 'chunks')), false);
});

test('[SRV-91] a running server keeps chunks in the bucket and gives them out again', async (t) => {
  const bucket = await startS3Server(t);
  const dataFolder = join(await temporaryFolder(t), 'data');
  const server = await startServer({ dataFolder, chunkPlace: bucket.place });
  t.after(() => server.close());
  const body = 'one';
  const url = server.address + paths.chunk(nameOf(utf8ToBytes(body)));
  assert.equal((await fetch(url, { method: 'PUT', body })).status, 201);
  assert.equal((await fetch(url, { method: 'PUT', body })).status, 200);
  assert.equal(await (await fetch(url)).text(), 'one');
  assert.equal(
    (await fetch(url, { headers: { range: 'bytes=1-' } })).headers.get('content-range'),
    'bytes 1-2/3',
  );
  assert.equal((await fetch(url, { method: 'HEAD' })).headers.get('content-length'), '3');
  bucket.bytesByKey.clear();
  assert.equal((await fetch(url)).status, 404);
});

test('[SRV-93] an index that is gone is made again from the bucket', async (t) => {
  const { server, root } = await filledFolder(t);
  for (const end of ['', '-wal', '-shm']) await rm(join(root, `chunk-index.sqlite${end}`), { force: true });
  const folder = await openDataFolder(root, undefined, server.place);
  t.after(() => folder.close());
  assert.deepEqual(await folder.chunks.usage(), { count: 3, bytes: 11 });
});

test('[SRV-93] a data folder whose chunks are elsewhere is refused, and nothing in it is changed', async (t) => {
  const { server, root } = await filledFolder(t);
  const files = await filled(t, 'files');
  const elsewhere = { ...server.place, prefix: 'other' };
  for (const [folder, place, message] of [
    [root, 'files', /are in a bucket, and DATAANS_CHUNKS isn't set\. Set it as it was\./],
    [
      root,
      elsewhere,
      /are in s3:\/\/bucket\/some\/notes at .*, and DATAANS_CHUNKS says s3:\/\/bucket\/other at/,
    ],
    [files, server.place, /has its chunks in files, and DATAANS_CHUNKS says that they are in a bucket\./],
  ] as const) {
    await assert.rejects(openDataFolder(folder, undefined, place), { name: 'OperatorError', message });
    if (place !== elsewhere)
      await assert.rejects(openDataFolderToRead(folder, place), { name: 'OperatorError', message });
  }
  await (await openDataFolder(root, undefined, server.place)).close();
});

test('[SRV-45] a log that is gone is missed if there is an index of chunks', async (t) => {
  const { server, root } = await filledFolder(t);
  for (const end of ['', '-wal', '-shm']) await rm(join(root, `log.sqlite${end}`), { force: true });
  await assert.rejects(openDataFolder(root, undefined, server.place), {
    message: /an index of chunks is still there/,
  });
});

for (const [title, change, why] of [
  ['with a wrong key', { secret: 'wrong' }, /The bucket answered 403 \(SignatureDoesNotMatch\)\./],
  ['that is not there', { bucket: 'none' }, /The bucket answered 404 \(NoSuchBucket\)\./],
  ['that nobody answers for', { endpoint: new URL('http://127.0.0.1:9') }, /It can't be reached \(/],
] as const)
  test(`[SRV-92] a server does not start with a bucket ${title}, and says why`, async (t) => {
    const server = await startS3Server(t);
    const root = join(await temporaryFolder(t), 'data');
    await assert.rejects(openDataFolder(root, undefined, { ...server.place, ...change }), {
      name: 'OperatorError',
      message: why,
    });
  });

test('[SRV-92] a server that knows its bucket starts while the bucket is away', async (t) => {
  const { server, root } = await filledFolder(t);
  server.troubles.push(503, 503, 503, 503);
  const folder = await openDataFolder(root, undefined, server.place);
  t.after(() => folder.close());
  assert.deepEqual(await folder.chunks.missing(names), []);
});

test('[SRV-34] [SRV-37] a backup takes the chunks out of the bucket, and a restore puts them into another or into files', async (t) => {
  const { server, root } = await filledFolder(t);
  const folder = join(root, '..', 'backup');
  assert.equal((await backUp(root, server, folder)).chunks.copied, 3);
  assert.equal((await backUp(root, server, folder)).chunks.copied, 0);
  const other = await startS3Server(t);
  for (const chunkPlace of [other.place, 'files'] as const) {
    const dataFolder = join(root, '..', typeof chunkPlace === 'string' ? chunkPlace : 'bucket');
    const restored = await restoreBackup({ folder, dataFolder, chunkPlace, onProgress });
    assert.deepEqual([restored.chunks.copied, restored.gone], [3, 0]);
    const opened = await openDataFolder(dataFolder, undefined, chunkPlace);
    assert.deepEqual(await opened.chunks.missing(names), []);
    assert.equal((await opened.log.head()).seq, 5);
    await opened.close();
  }
  assert.equal(other.bytesByKey.size, 3);
});

test('[SRV-37] a restore into a bucket that has chunks already hashes those, and replaces what is damaged', async (t) => {
  const { server, root } = await filledFolder(t);
  const folder = join(root, '..', 'backup');
  await backUp(root, server, folder);
  const before = new Map(server.bytesByKey);
  const [key = ''] = server.bytesByKey.keys();
  server.bytesByKey.set(key, Buffer.alloc(before.get(key)?.length ?? 0));
  const dataFolder = join(root, '..', 'restored');
  const { chunks: copied, gone } = await restoreBackup({
    folder,
    dataFolder,
    chunkPlace: server.place,
    onProgress,
  });
  assert.deepEqual([copied.looked, copied.copied, gone], [3, 1, 0]);
  assert.deepEqual(server.bytesByKey, before);
});

test('[SRV-94] check compares the index with the bucket, names what is wrong, and has it sent again', async (t) => {
  const { server, root } = await filledFolder(t);
  const keys = [...server.bytesByKey.keys()].toSorted();
  const unknown = utf8ToBytes('another');
  server.bytesByKey.delete(keys[0] ?? '');
  server.bytesByKey.set(keys[1] ?? '', Buffer.from('x'));
  server.bytesByKey.set((keys[2] ?? '').replace(/\w+$/, nameOf(unknown)), Buffer.from(unknown));
  const { report, rejection } = await check(root, server);
  assert.deepEqual(report.findings, [
    `chunk ${first}: is not in the bucket`,
    `chunk ${second}: has 1 bytes in the bucket, and was stored with ${sizeOf(second)}`,
  ]);
  assert.equal(rejection?.exitCode, 6);
  const folder = await openDataFolder(root, undefined, server.place);
  t.after(() => folder.close());
  assert.deepEqual(await folder.chunks.missing([...names, nameOf(unknown)]), [first, second]);
  assert.equal((await folder.chunks.usage()).count, 2);
  for (const body of chunks) await folder.chunks.put(nameOf(body), piecesOf(body, 9));
  assert.equal((await check(root, server)).report.ok, true);
});

test('[SRV-94] check --deep reads the bytes in the bucket, too', async (t) => {
  const { server, root } = await filledFolder(t);
  const [key = ''] = server.bytesByKey.keys();
  server.bytesByKey.set(key, Buffer.alloc(server.bytesByKey.get(key)?.length ?? 0));
  assert.equal((await check(root, server)).report.ok, true);
  const { findings } = (await check(root, server, true)).report;
  assert.deepEqual(findings, [`chunk ${key.slice(-64)}: its bytes are not the ones it was stored with`]);
});

test('[SRV-92] a bucket that is away ends a check and a backup with a sentence, and is no damage', async (t) => {
  const { server, root } = await filledFolder(t);
  const folder = join(root, '..', 'backup');
  await backUp(root, server, folder);
  server.troubles.push(...Array.from({ length: 40 }, () => 503));
  const away = { name: 'SourceError', message: /^Can't read s3:.* The bucket answered 503/ };
  await assert.rejects(backUp(root, server, folder), away);
  const { log, chunks: stored } = await openDataFolderToRead(root, server.place);
  t.after(() => log.close());
  await assert.rejects(stored.read(first ?? assert.fail(), 'whole'), away);
  server.troubles.length = 0;
  assert.equal((await check(root, server, true)).report.ok, true);
});

const onProgress = (): void => {};

function backUp(root: string, { place }: S3Server, folder: string) {
  const options = { verify: false, now: 0, program: '1', onProgress };
  return makeBackup({ ...options, dataFolder: root, chunkPlace: place, folder });
}

function sizeOf(name: string | undefined): number | undefined {
  return chunks.find((bytes) => nameOf(bytes) === name)?.length;
}

async function filledFolder(t: TestContext): Promise<{ readonly server: S3Server; readonly root: string }> {
  const server = await startS3Server(t);
  return { server, root: await filled(t, server.place) };
}

async function filled(t: TestContext, place: ChunkPlace): Promise<string> {
  const root = join(await temporaryFolder(t), 'data');
  const folder = await openDataFolder(root, undefined, place);
  await folder.log.append(envelopeFrames('some', 5));
  for (const chunk of chunks) await folder.chunks.put(nameOf(chunk), piecesOf(chunk, 9));
  await folder.close();
  return root;
}

const reportShape = v.looseObject({ ok: v.boolean(), findings: v.array(v.string()) });

async function check(root: string, { place }: S3Server, isDeep = false) {
  const { log, chunks: stored } = await openDataFolderToRead(root, place);
  const index = openIndexOf(root, place);
  const output = createRecordedOutput();
  const progress = { show: onProgress, clear: onProgress };
  const rejection = await checkStores(
    { log, chunks: stored, index, isDeep, hash: sha256 },
    { output, progress, asJson: true },
  ).then(
    () => null,
    (error: { readonly exitCode: number }) => error,
  );
  await log.close();
  await index.close();
  return { report: v.parse(reportShape, JSON.parse(output.printed.stdout)), rejection };
}
