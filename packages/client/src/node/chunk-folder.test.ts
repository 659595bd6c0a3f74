import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { hashToChunkName } from '@dataans/core';
import { localChunksContract } from '../testing/local-chunks.contract.ts';
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

localChunksContract('a folder', primitives, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-chunks-'));
  return {
    open: () => Promise.resolve(createChunkFolder(folder)),
    damage: (chunk) => writeFile(join(folder, chunk.slice(0, 2), chunk), 'torn'),
    remove: () => rm(folder, { recursive: true }),
  };
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
