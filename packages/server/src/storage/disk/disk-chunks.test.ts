import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import { nameOf, piecesOf, testChunkStore, testChunkStorePair } from '../../chunks/chunk-store.contract.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openDiskChunks, removeHalfWritten } from './disk-chunks.ts';

testChunkStore('disk chunks', async (t) => openChunks(await temporaryFolder(t)));

testChunkStorePair('disk chunks', async (t) => {
  const root = await temporaryFolder(t);
  return [await openChunks(root), await openChunks(root)];
});

const bytes = utf8ToBytes('a chunk');
const name = nameOf(bytes);

test('[SRV-18] chunks lie in folders and files that only their owner can open', async (t) => {
  const root = await temporaryFolder(t);
  const chunks = await openChunks(root);
  await chunks.put(name, piecesOf(bytes, 3));
  const mode = async (...path: readonly string[]) => (await stat(join(root, ...path))).mode & 0o777;
  assert.equal(await mode('incoming'), 0o700);
  assert.equal(await mode('chunks'), 0o700);
  assert.equal(await mode('chunks', name.slice(0, 2)), 0o700);
  assert.equal(await mode('chunks', name.slice(0, 2), name), 0o600);
});

test('[SRV-16] whatever became of a body, nothing of it stays behind', async (t) => {
  const root = await temporaryFolder(t);
  const chunks = await openChunks(root);
  await chunks.put(name, piecesOf(bytes, 3));
  await chunks.put(name, piecesOf(bytes, 3));
  await chunks.put(name, piecesOf(utf8ToBytes('other'), 3));
  await assert.rejects(chunks.put(name, failing()));
  assert.deepEqual(await readdir(join(root, 'incoming')), []);
});

test('[SRV-16] what a crash left half-written is removed', async (t) => {
  const root = await temporaryFolder(t);
  await openChunks(root);
  await writeFile(join(root, 'incoming', 'left'), 'half');
  await removeHalfWritten(root);
  await openChunks(root);
  assert.deepEqual(await readdir(join(root, 'incoming')), []);
});

test('[SRV-17] a stored chunk of the wrong size is replaced', async (t) => {
  const root = await temporaryFolder(t);
  const chunks = await openChunks(root);
  const path = join(root, 'chunks', name.slice(0, 2), name);
  await chunks.put(name, piecesOf(bytes, 3));
  await chunks.usage();
  await truncate(path, 2);
  assert.equal(await chunks.put(name, piecesOf(bytes, 3)), 'stored');
  assert.deepEqual([...(await readFile(path))], [...bytes]);
});

test('[SRV-17] a stored chunk of the right size and other bytes is replaced', async (t) => {
  const root = await temporaryFolder(t);
  const chunks = await openChunks(root);
  const path = join(root, 'chunks', name.slice(0, 2), name);
  await chunks.put(name, piecesOf(bytes, 3));
  await writeFile(path, bytes.toReversed());
  assert.equal(await chunks.put(name, piecesOf(bytes, 3)), 'stored');
  assert.deepEqual([...(await readFile(path))], [...bytes]);
  assert.deepEqual(await chunks.usage(), { count: 1, bytes: bytes.length });
});

test('[SRV-17] a chunk that is there already is not written again', async (t) => {
  const root = await temporaryFolder(t);
  const chunks = await openChunks(root);
  const path = join(root, 'chunks', name.slice(0, 2), name);
  await chunks.put(name, piecesOf(bytes, 3));
  const { ino } = await stat(path);
  assert.equal(await chunks.put(name, piecesOf(bytes, 3)), 'already');
  assert.equal((await stat(path)).ino, ino);
});

test('[SRV-20] files that are not named as chunks are not taken for any', async (t) => {
  const root = await temporaryFolder(t);
  const chunks = await openChunks(root);
  await chunks.put(name, piecesOf(bytes, 3));
  await writeFile(join(root, 'chunks', 'stray'), '');
  await writeFile(join(root, 'chunks', name.slice(0, 2), 'stray'), '');
  await mkdir(join(root, 'chunks', '00'));
  await writeFile(join(root, 'chunks', '00', name), bytes);
  assert.deepEqual(await chunks.list(null, 9), [{ name, size: bytes.length }]);
});

function openChunks(root: string) {
  return openDiskChunks({ root, newFileName: randomUUID });
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new Error('gone half way');
}
