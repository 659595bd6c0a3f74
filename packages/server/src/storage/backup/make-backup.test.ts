import assert from 'node:assert/strict';
import {
  copyFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { ChunkName } from '@dataans/core';
import { backUp } from '../../commands/backup.ts';
import { createRecordedOutput } from '../../testing/recorded-output.ts';
import { fillDataFolder, foldersFor } from '../../testing/filled-data-folder.ts';
import { fillDisk, smallDisk, whyNoSmallDisk } from '../../testing/small-disk.ts';
import { openDataFolder } from '../data-folder.ts';
import { pathOfChunk } from '../disk/disk-chunk-files.ts';
import { openBackupFolder } from './backup-folder.ts';
import { makeBackup } from './make-backup.ts';
import { readManifest } from './manifest.ts';

const small = { operations: 3, chunkBytes: [100, 200_000] };

test('[SRV-34] a backup says what it holds, and the next one copies the chunks that are new', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  const first = await make(data, backup);
  assert.deepEqual(first.manifest.chunks, { count: 2, bytes: 200_100 });
  assert.equal(first.chunks.copied, 2);
  await fillDataFolder(data, { operations: 2, chunkBytes: [50] });
  const second = await make(data, backup);
  assert.equal(second.manifest.head, 5);
  assert.deepEqual(second.manifest.chunks, { count: 3, bytes: 200_150 });
  assert.deepEqual([second.chunks.copied, second.chunks.copiedBytes], [1, 50]);
  assert.deepEqual((await readManifest(backup))?.number, 2);
  assert.deepEqual((await readdir(backup)).toSorted(), [
    'backup-lock.sqlite',
    'backup.json',
    'chunks',
    'incoming',
    'log-2.sqlite',
  ]);
});

test('[SRV-18] a backup can be opened by its owner only', async (t) => {
  const { data, backup } = await foldersFor(t);
  const [name] = await fillDataFolder(data, small);
  assert.ok(name !== undefined);
  await make(data, backup);
  const mode = async (path: string) => (await stat(path)).mode & 0o777;
  assert.equal(await mode(backup), 0o700);
  assert.equal(await mode(pathOfChunk(backup, name)), 0o600);
  for (const file of ['backup.json', 'backup-lock.sqlite', 'log-1.sqlite'])
    assert.equal(await mode(join(backup, file)), 0o600);
});

test('[SRV-34] a chunk that the backup has is hashed when asked for, and replaced where it is damaged', async (t) => {
  const { data, backup } = await foldersFor(t);
  const [name] = await fillDataFolder(data, small);
  assert.ok(name !== undefined);
  await make(data, backup);
  await writeFile(pathOfChunk(backup, name), Buffer.alloc(100));
  assert.equal((await make(data, backup)).chunks.copied, 0);
  assert.equal((await make(data, backup, true)).chunks.copied, 1);
  assert.deepEqual(await readFile(pathOfChunk(backup, name)), await readFile(pathOfChunk(data, name)));
});

test('[SRV-34] a damaged chunk is named and does not take the place of a whole one', async (t) => {
  const { data, backup } = await foldersFor(t);
  const [kept, lost] = await fillDataFolder(data, small);
  assert.ok(kept !== undefined && lost !== undefined);
  await make(data, backup);
  await truncate(pathOfChunk(data, kept), 10);
  const [late] = await fillDataFolder(data, { operations: 1, chunkBytes: [30] });
  assert.ok(late !== undefined);
  await writeFile(pathOfChunk(data, late), Buffer.alloc(30));
  const { chunks, manifest } = await make(data, backup);
  assert.deepEqual(chunks.damage.first.toSorted(), [kept, late].map(damageOf).toSorted());
  assert.equal((await stat(pathOfChunk(backup, kept))).size, 100);
  assert.equal(manifest.chunks.count, 2);

  const output = createRecordedOutput();
  const progress = { show: () => {}, clear: () => {} };
  const reporting = { output, progress, asJson: true };
  await assert.rejects(backUp(optionsOf(data, backup), reporting), { name: 'OperatorError', exitCode: 6 });
  assert.match(output.printed.stdout, /"ok": false/);
});

test('[SRV-35] a damaged log is refused, and the backup before it stays', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  const { manifest } = await make(data, backup);
  changeLog(data, 'UPDATE operations SET body = zeroblob(100) WHERE seq = 2');
  await assert.rejects(make(data, backup), {
    message: /^The server's log is damaged \(operation 2: does not match the chain\)/,
    exitCode: 6,
  });
  assert.equal((await readManifest(backup))?.number, manifest.number);
  await stat(join(backup, manifest.logFile.name));
});

test('[SRV-36] the backup of another server is refused and stays as it is', async (t) => {
  const [one, two] = [await foldersFor(t), await foldersFor(t)];
  await fillDataFolder(one.data, small);
  await fillDataFolder(two.data, small);
  await make(one.data, one.backup);
  const before = await readManifest(one.backup);
  await assert.rejects(make(two.data, one.backup), { message: /is the backup of another server/ });
  assert.deepEqual(await readManifest(one.backup), before);
  assert.ok((await readdir(one.backup)).includes('log-1.sqlite'));
});

test('[SRV-36] a backup with operations that the server has lost is not replaced', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  await cp(data, `${data}-older`, { recursive: true });
  await fillDataFolder(data, small);
  await make(data, backup);
  await rm(data, { recursive: true });
  await rename(`${data}-older`, data);
  await assert.rejects(make(data, backup), { message: /has changes that this server has lost/ });
  await fillDataFolder(data, { operations: 10, chunkBytes: [] });
  await assert.rejects(make(data, backup), { message: /has changes that this server has lost/ });
});

test('[SRV-35] a folder with anything else in it is refused', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  await mkdir(backup);
  await writeFile(join(backup, 'letter.txt'), '');
  await assert.rejects(make(data, backup), { message: /is neither empty nor a backup/ });
  assert.deepEqual(await readdir(backup), ['letter.txt']);
});

test('[SRV-35] a folder within the data folder or around it is refused, also behind a link', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  await symlink(data, backup);
  for (const folder of [data, join(data, 'new', 'backup'), join(data, '..'), join(backup, 'new')])
    await assert.rejects(make(data, folder), { message: /can't be inside the data folder/ });
});

test('[SRV-35] two backups into one folder do not run at once', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  const running = await openBackupFolder(backup);
  await assert.rejects(make(data, backup), { message: /^Another backup to .* is running/ });
  running.release();
  await make(data, backup);
});

test('[SRV-35] a manifest that is damaged, or newer, is refused', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  await make(data, backup);
  const path = join(backup, 'backup.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(0, 100));
  await assert.rejects(make(data, backup), { message: /backup\.json is damaged/, exitCode: 6 });
  await writeFile(path, text.replace('"version": 1', '"version": 2'));
  await assert.rejects(make(data, backup), { message: /made by a newer dataans-server/ });
  await writeFile(path, text.replace('log-1.sqlite', '../log-1.sqlite'));
  await assert.rejects(make(data, backup), { message: /backup\.json is damaged/ });
});

test('[SRV-35] a backup is no data folder', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, small);
  await make(data, backup);
  await rm(join(backup, 'backup-lock.sqlite'));
  await copyFile(join(backup, 'log-1.sqlite'), join(backup, 'log.sqlite'));
  await assert.rejects(openDataFolder(backup), { message: /is a backup, not a server's data folder/ });
});

test(
  '[SRV-35] where the disk is full a backup is refused, the one before it stays, and there is one once there is room',
  { skip: whyNoSmallDisk() },
  async (t) => {
    const { data } = await foldersFor(t);
    const disk = await smallDisk(t);
    const backup = join(disk, 'backup');
    const [name] = await fillDataFolder(data, small);
    assert.ok(name !== undefined);
    const { manifest } = await make(data, backup);
    await fillDataFolder(data, { operations: 2_000, chunkBytes: [900_000] });
    const reporting = {
      output: createRecordedOutput(),
      progress: { show: () => {}, clear: () => {} },
      asJson: false,
    };
    for (const leftBytes of [0, 20_000, 400_000, 1_000_000]) {
      const filler = await fillDisk(disk, leftBytes);
      await assert.rejects(backUp(optionsOf(data, backup), reporting), {
        name: 'OperatorError',
        message: /no space left\. The earlier backup there is intact\. Free up space/,
      });
      await rm(filler);
      assert.equal((await readManifest(backup))?.number, manifest.number);
      assert.deepEqual(
        (await readdir(backup)).filter((file) => file.startsWith('log')),
        ['log-1.sqlite'],
      );
      await stat(pathOfChunk(backup, name));
    }
    assert.equal((await make(data, backup)).manifest.head, 2_003);
  },
);

function optionsOf(dataFolder: string, folder: string) {
  return { dataFolder, folder, verify: false, now: 0, program: 'test' };
}

function make(dataFolder: string, folder: string, verify = false) {
  return makeBackup({ ...optionsOf(dataFolder, folder), verify, onProgress: () => {} });
}

function damageOf(name: ChunkName): string {
  return `chunk ${name}: its bytes are not the ones it was stored with`;
}

function changeLog(data: string, sql: string): void {
  const database = new DatabaseSync(join(data, 'log.sqlite'));
  database.exec(sql);
  database.close();
}
