import assert from 'node:assert/strict';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import { bytesToHex, limits, type Frame } from '@dataans/core';
import { checkChunks } from '../../check/check-chunks.ts';
import { checkLog } from '../../check/check-log.ts';
import { sha256 } from '../../hash.ts';
import type { LogStore } from '../../log/log-store.ts';
import { afterTest } from '../../testing/after-test.ts';
import { foldersFor } from '../../testing/filled-data-folder.ts';
import { framesOf } from '../../testing/frames.ts';
import { runCommand, spawnCommand, startProcess } from '../../testing/server-process.ts';
import { chunkOf, startWritingLoad } from '../../testing/writing-load.ts';
import { openDataFolder } from '../data-folder.ts';
import { restoreBackup } from './restore-backup.ts';

test('[SRV-34] a backup taken while devices write holds all that was acknowledged before, and every chunk that its operations name', async (t) => {
  const { data, backup, load } = await serverUnderLoad(t);
  for (const _ of [1, 2]) {
    const before = load.acknowledged();
    assert.equal((await runCommand(['backup', backup], { DATAANS_DATA: data })).exitCode, 0);
    await load.goOn(1);
    await load.pauseFor(() => assertWhole(backup, `${data}-restored`, before));
  }
  await load.stop();
});

test('[SRV-35] whenever a backup is killed, the last one that was finished can be restored whole', async (t) => {
  const { data, backup, load } = await serverUnderLoad(t);
  await mkdir(backup);
  for (const changes of [2, 9]) {
    assert.equal(await isKilledAfter(changes, data, backup), true);
    await assert.rejects(
      restoreBackup({ folder: backup, dataFolder: `${data}-restored`, onProgress: () => {} }),
      {
        message: /no finished backup in/,
      },
    );
  }
  let acknowledged = load.acknowledged();
  assert.equal((await runCommand(['backup', backup], { DATAANS_DATA: data })).exitCode, 0);
  let kills = 0;
  for (const changes of [1, 4, 11, 29]) {
    await load.goOn(20);
    const before = load.acknowledged();
    if (await isKilledAfter(changes, data, backup)) kills += 1;
    else acknowledged = before;
    await load.pauseFor(() => assertWhole(backup, `${data}-restored`, acknowledged));
  }
  assert.ok(kills > 1);
  await load.stop();
});

async function serverUnderLoad(t: TestContext) {
  const { data, backup } = await foldersFor(t);
  const { address } = await startProcess(t, { DATAANS_DATA: data });
  const load = startWritingLoad(address);
  afterTest(t, () => load.stop());
  await load.goOn(30);
  return { data, backup, load };
}

/** Runs a backup and kills it when so many things have changed in its folder; `false` where it was finished before. */
async function isKilledAfter(changes: number, data: string, backup: string): Promise<boolean> {
  const running = spawnCommand(['backup', backup], { DATAANS_DATA: data });
  let seen = 0;
  const watcher = watch(backup, { recursive: true }, () => {
    seen += 1;
    if (seen === changes) running.kill('SIGKILL');
  });
  try {
    await once(running, 'exit');
  } finally {
    watcher.close();
  }
  return running.signalCode === 'SIGKILL';
}

/** Restores a backup and checks it as an operator and as a device would. */
async function assertWhole(backup: string, restored: string, acknowledged: readonly string[]): Promise<void> {
  const { chunks, gone } = await restoreBackup({
    folder: backup,
    dataFolder: restored,
    onProgress: () => {},
  });
  assert.deepEqual([chunks.damage.count, gone], [0, 0]);
  const folder = await openDataFolder(restored);
  try {
    assert.equal((await checkLog(folder.log, sha256, () => {})).damage.count, 0);
    assert.equal((await checkChunks(folder.chunks, () => {})).damage.count, 0);
    const frames = await readAll(folder.log);
    const ids = new Set(frames.map(({ id }) => bytesToHex(id)));
    assert.deepEqual(
      acknowledged.filter((id) => !ids.has(id)),
      [],
    );
    assert.deepEqual(await folder.chunks.missing(frames.map(chunkOf)), []);
  } finally {
    await folder.close();
    await rm(restored, { recursive: true });
  }
}

async function readAll(log: LogStore): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  const head = (await log.head()).seq;
  while (frames.length < head) {
    const page = await log.readPage({
      after: frames.length,
      chain: null,
      operationsMax: limits.batchOperationsMax,
      bytesMax: limits.batchBytesMax,
    });
    frames.push(...framesOf(page));
  }
  return frames;
}
