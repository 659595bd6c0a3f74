import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { hashToChunkName } from '@dataans/core';
import { createChunkFolder } from './chunk-folder.ts';
import { createNodePrimitives } from './primitives.ts';

const primitives = createNodePrimitives();
const sealed = Uint8Array.of(1, 2, 3);
const name = hashToChunkName(primitives.hash(sealed));

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-chunks-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'chunks');
}

test('a chunk that was put is had back, also by another process, until it is removed', async (t) => {
  const directory = await makeFolder(t);
  const chunks = createChunkFolder(directory);
  assert.equal(await chunks.has(name), false);
  assert.equal(await chunks.get(name), null);
  await chunks.put(name, sealed);
  await chunks.flush();
  const other = createChunkFolder(directory);
  assert.equal(await other.has(name), true);
  assert.deepEqual(new Uint8Array((await other.get(name)) ?? []), sealed);
  await other.remove(name);
  assert.equal(await chunks.has(name), false);
});

test('a chunk whose bytes changed on disk is as good as not held, and can be put again', async (t) => {
  const directory = await makeFolder(t);
  const chunks = createChunkFolder(directory);
  await chunks.put(name, sealed);
  await writeFile(join(directory, name.slice(0, 2), name), 'torn');
  assert.equal(await chunks.get(name), null);
  await chunks.put(name, sealed);
  assert.deepEqual(new Uint8Array((await chunks.get(name)) ?? []), sealed);
});

test('only their owner can read the chunks, and nothing half-written is left', async (t) => {
  const directory = await makeFolder(t);
  await createChunkFolder(directory).put(name, sealed);
  const folder = join(directory, name.slice(0, 2));
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(join(directory, 'incoming')), []);
});

test('what a killed process left long ago is removed, what is being written is not', async (t) => {
  const directory = await makeFolder(t);
  await createChunkFolder(directory).put(name, sealed);
  const incoming = join(directory, 'incoming');
  await writeFile(join(incoming, 'old'), '');
  await writeFile(join(incoming, 'young'), '');
  await utimes(join(incoming, 'old'), 0, 0);
  await createChunkFolder(directory).put(name, sealed);
  assert.deepEqual(await readdir(incoming), ['young']);
});

test('a folder that cannot be made is named in the error', async (t) => {
  const directory = await makeFolder(t);
  await writeFile(directory, 'a file where the folder should be');
  const chunks = createChunkFolder(directory);
  await assert.rejects(chunks.put(name, sealed), { code: 'storage-unusable', message: /chunks/ });
});
