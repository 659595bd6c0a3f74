import assert from 'node:assert/strict';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createManualClock } from '../../testing/manual-clock.ts';
import { smallDisk, whyNoSmallDisk } from '../../testing/small-disk.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { createFolderHealth } from './folder-health.ts';

test('[SRV-28] a folder that can be written is well, and nothing stays of the try', async (t) => {
  const folder = await temporaryFolder(t);
  const { failure, freeBytes } = await createFolderHealth(folder, createManualClock())();
  assert.equal(failure, null);
  assert.ok(freeBytes !== null && freeBytes > 0);
  assert.deepEqual(await readdir(folder), []);
});

test('[SRV-28] whoever asks for the health makes the server write once in five seconds, and again after a failure', async (t) => {
  const folder = join(await temporaryFolder(t), 'a');
  const clock = createManualClock();
  const read = createFolderHealth(folder, clock);
  assert.equal((await read()).failure, 'faulty');
  await rename(await temporaryFolder(t), folder);
  assert.equal((await read()).failure, null);
  await rename(folder, `${folder} gone`);
  await clock.advance(4_999);
  assert.equal((await read()).failure, null);
  await clock.advance(1);
  assert.equal((await read()).failure, 'faulty');
});

test(
  '[SRV-28] a disk that takes no more files is full, however many bytes are free',
  { skip: whyNoSmallDisk() },
  async (t) => {
    const disk = await smallDisk(t, 8, 3);
    const read = createFolderHealth(disk, createManualClock());
    await writeFile(join(disk, 'one'), '');
    await writeFile(join(disk, 'two'), '');
    const { failure, freeBytes } = await read();
    assert.equal(failure, 'full');
    assert.ok(freeBytes !== null && freeBytes > 4_000_000);
  },
);
