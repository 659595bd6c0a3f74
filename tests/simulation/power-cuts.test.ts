import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { parseChunkName, type ChunkName } from '@dataans/core';
import { createFakeDisk, type FakeDisk } from './disk/fake-disk.ts';
import { mountDisk } from './disk/mounts.ts';
import { createChance } from '../world/chance.ts';
import { hookProduct } from './product/hook-product.ts';
import { listChunks } from './world/holdings.ts';

hookProduct(null);
// The product may only be loaded from here on.
const { createChunkFolder } = await import('../../packages/client/src/node/chunk-folder.ts');
const { openDiskChunks } = await import('../../packages/server/src/storage/disk/disk-chunks.ts');

const cuts = 40;
const sealed = new Uint8Array(500).fill(7);
const name = nameOf(sealed);

test('[FIL-2] what a device has flushed outlasts a loss of power, the first chunk of a home too', async () => {
  await eachCut(async (disk) => {
    const chunks = createChunkFolder(`${mount(disk)}/chunks`);
    await chunks.put(name, sealed);
    await chunks.flush();
    return name;
  });
});

test('[FIL-2] what a killed process has put outlasts a loss of power once the next one has kept it', async () => {
  await eachCut(async (disk) => {
    const directory = `${mount(disk)}/chunks`;
    await createChunkFolder(directory).put(name, sealed);
    const chunks = createChunkFolder(directory);
    assert.equal(await chunks.keep(name), true);
    await chunks.flush();
    return name;
  });
});

test('[SRV-16] a chunk that the server has acknowledged outlasts a loss of power, the first one too', async () => {
  await eachCut(async (disk) => {
    const chunks = await openDiskChunks({ root: mount(disk), newFileName: () => 'new' });
    assert.equal(await chunks.put(name, piecesOf(sealed)), 'stored');
    return name;
  });
});

test('the simulated disk loses what nobody has synced', async () => {
  let kept = 0;
  for (let seed = 0; seed < cuts; seed += 1) {
    const disk = createFakeDisk();
    await createChunkFolder(`${mount(disk)}/chunks`).put(name, sealed);
    disk.losePower(createChance(`cut ${seed}`));
    kept += listChunks(disk).length;
  }
  assert.ok(kept < cuts);
});

/** Loses power in many ways after the work: the chunk that it returns must be there each time. */
async function eachCut(work: (disk: FakeDisk) => Promise<ChunkName>): Promise<void> {
  for (let seed = 0; seed < cuts; seed += 1) {
    const disk = createFakeDisk();
    const lasting = await work(disk);
    disk.losePower(createChance(`cut ${seed}`));
    assert.deepEqual(listChunks(disk), [lasting], `after cut ${seed}`);
  }
}

function mount(disk: FakeDisk): string {
  return mountDisk({ disk, wait: () => Promise.resolve() });
}

function nameOf(bytes: Uint8Array): ChunkName {
  const parsed = parseChunkName(hash('sha256', bytes));
  assert.ok(parsed !== null);
  return parsed;
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
