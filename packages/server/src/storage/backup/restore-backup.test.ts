import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { restore } from '../../commands/restore.ts';
import { checkChunks } from '../../check/check-chunks.ts';
import { fillDataFolder, foldersFor } from '../../testing/filled-data-folder.ts';
import { afterTest } from '../../testing/after-test.ts';
import { createRecordedOutput } from '../../testing/recorded-output.ts';
import { fillDisk, smallDisk, whyNoSmallDisk } from '../../testing/small-disk.ts';
import { openDataFolder, openDataFolderToRead, openTokensOf } from '../data-folder.ts';
import { pathOfChunk } from '../disk/disk-chunk-files.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

test('[SRV-37] what was backed up is restored: the log, the account record and every chunk', async (t) => {
  const { data, backup, restored, names } = await backedUp(t);
  const source = await openDataFolderToRead(data);
  const { chunks, gone, manifest } = await restoreInto(backup, restored);
  assert.deepEqual([chunks.copied, chunks.copiedBytes, chunks.damage.count, gone], [2, 200_100, 0, 0]);
  assert.equal(manifest.head, 3);
  const folder = await openDataFolder(restored);
  afterTest(t, async () => {
    await source.log.close();
    await folder.close();
  });
  assert.deepEqual(await folder.log.head(), await source.log.head());
  assert.deepEqual(await folder.log.account(), await source.log.account());
  assert.deepEqual(await folder.chunks.missing(names), []);
  assert.equal((await checkChunks(folder.chunks, () => {})).damage.count, 0);
  assert.equal((await stat(join(restored, 'log.sqlite'))).mode & 0o777, 0o600);
});

test('[SRV-37] tokens do not come back', async (t) => {
  const { backup, restored } = await backedUp(t);
  await restoreInto(backup, restored);
  const tokens = await openTokensOf(restored);
  afterTest(t, () => tokens.close());
  assert.deepEqual(await tokens.list(), []);
});

test('[SRV-37] a data folder that is not empty is refused and stays as it is', async (t) => {
  const { data, backup, restored } = await backedUp(t);
  await mkdir(restored);
  await writeFile(join(restored, 'letter.txt'), '');
  for (const folder of [data, restored]) {
    const before = await readdir(folder);
    await assert.rejects(restoreInto(backup, folder), { message: /isn't empty\. Move its contents aside/ });
    assert.deepEqual(await readdir(folder), before);
  }
});

test('[SRV-37] a data folder that a server runs on is refused', async (t) => {
  const { backup, restored } = await backedUp(t);
  const server = await openDataFolder(restored);
  afterTest(t, () => server.close());
  await writeFile(join(restored, 'restore-unfinished'), '');
  await assert.rejects(restoreInto(backup, restored), { message: /^Another dataans-server is using/ });
});

test('[SRV-37] a folder without a finished backup is refused, and one within the other', async (t) => {
  const { backup, restored } = await backedUp(t);
  await assert.rejects(restoreInto(backup, join(backup, 'data')), {
    message: /can't be inside the backup/,
  });
  await rm(join(backup, 'backup.json'));
  await assert.rejects(restoreInto(backup, restored), { message: /no finished backup in/ });
  await assert.rejects(restoreInto(restored, `${restored}-2`), { message: /no finished backup in/ });
});

test('[SRV-37] of a damaged log nothing is restored', async (t) => {
  const { backup, restored } = await backedUp(t);
  await appendFile(join(backup, 'log-1.sqlite'), 'x');
  await assert.rejects(restoreInto(backup, restored), {
    message: /^The log in the backup is damaged/,
    exitCode: 6,
  });
  assert.deepEqual(await readdir(restored), ['lock.sqlite']);
});

test('[SRV-22] a backup of a newer schema is refused', async (t) => {
  const { backup, restored } = await backedUp(t);
  const path = join(backup, 'log-1.sqlite');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const { sha256 } = await import('../../hash.ts');
  const { bytesToHex } = await import('@dataans/core');
  const manifest = join(backup, 'backup.json');
  const text = await readFile(manifest, 'utf8');
  const hash = bytesToHex(sha256(await readFile(path)));
  await writeFile(manifest, text.replace(/"sha256": "\w+"/, `"sha256": "${hash}"`));
  await assert.rejects(restoreInto(backup, restored), {
    message: /written by a newer dataans-server \(schema 99/,
  });
  assert.deepEqual(await readdir(restored), ['lock.sqlite']);
});

test('[SRV-37] damaged chunks are left out and named, those that are gone are counted, all others restored', async (t) => {
  const { backup, restored, names } = await backedUp(t, [100, 200, 300]);
  const [damaged, gone, whole] = names;
  assert.ok(damaged !== undefined && gone !== undefined && whole !== undefined);
  await writeFile(pathOfChunk(backup, damaged), Buffer.alloc(100));
  await rm(pathOfChunk(backup, gone));
  const output = createRecordedOutput();
  const reporting = { output, progress: { show: () => {}, clear: () => {} }, asJson: true };
  await assert.rejects(restore({ folder: backup, dataFolder: restored }, reporting), {
    message: /^Everything was restored except 2 chunks/,
    exitCode: 6,
  });
  assert.match(output.printed.stdout, new RegExp(`"damaged": 1,\\s+"gone": 1[^]*chunk ${damaged}: `));
  const folder = await openDataFolder(restored);
  afterTest(t, () => folder.close());
  assert.deepEqual(await folder.chunks.missing(names), [damaged, gone]);
});

test('[SRV-37] a restore that was killed is no data folder, and can be run again', async (t) => {
  const { backup, restored } = await backedUp(t);
  for (const step of ['Log: being copied', 'Chunks: 1 of 2']) {
    const killed = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', killAt(step)], {
      env: { FOLDER: backup, DATA_FOLDER: restored },
    });
    assert.equal(killed.signal, 'SIGKILL', killed.stderr.toString());
    const refusal = { message: /^A restore into .* wasn't finished/ };
    await assert.rejects(openDataFolder(restored), refusal);
    await assert.rejects(openDataFolderToRead(restored), refusal);
    await assert.rejects(openTokensOf(restored), refusal);
  }
  assert.equal((await restoreInto(backup, restored)).chunks.copied, 2);
  await (await openDataFolder(restored)).close();
});

test('[SRV-37] where the disk is full nothing is restored', { skip: whyNoSmallDisk() }, async (t) => {
  const { backup } = await backedUp(t);
  const disk = await smallDisk(t);
  const restored = join(disk, 'data');
  const reporting = {
    output: createRecordedOutput(),
    progress: { show: () => {}, clear: () => {} },
    asJson: false,
  };
  for (const leftBytes of [8_000, 150_000]) {
    const filler = await fillDisk(disk, leftBytes);
    await assert.rejects(restore({ folder: backup, dataFolder: restored }, reporting), {
      message: /no space left\. Nothing was restored\. Free up space/,
    });
    await rm(filler);
    assert.deepEqual(await readdir(restored), ['lock.sqlite']);
  }
  assert.equal((await restoreInto(backup, restored)).chunks.copied, 2);
});

/** A data folder, its backup, and where to restore it. */
async function backedUp(t: TestContext, chunkBytes: readonly number[] = [100, 200_000]) {
  const { data, backup } = await foldersFor(t);
  const names = await fillDataFolder(data, { operations: 3, chunkBytes });
  await makeBackup({
    dataFolder: data,
    folder: backup,
    verify: false,
    now: 0,
    program: 'test',
    onProgress: () => {},
  });
  return { data, backup, restored: `${data}-restored`, names };
}

function restoreInto(folder: string, dataFolder: string) {
  return restoreBackup({ folder, dataFolder, onProgress: () => {} });
}

/** A program that restores and kills itself when it has come to a step. */
function killAt(step: string): string {
  const module = join(import.meta.dirname, 'restore-backup.ts');
  return `
    import { restoreBackup } from ${JSON.stringify(module)};
    await restoreBackup({
      folder: process.env.FOLDER,
      dataFolder: process.env.DATA_FOLDER,
      onProgress: (text) => text === ${JSON.stringify(step)} && process.kill(process.pid, 'SIGKILL'),
    });`;
}
