import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fillDataFolder, foldersFor } from '../testing/filled-data-folder.ts';
import { openDataFolder, openDataFolderToRead, openTokensOf } from './data-folder.ts';

test('[SRV-21] where one part of a data folder does not open, the others are closed and the folder is free', async (t) => {
  const { data } = await foldersFor(t);
  await fillDataFolder(data, { operations: 1, chunkBytes: [1] });
  setSchema(data, 99);
  await assert.rejects(openDataFolder(data), { message: /tokens\.sqlite was written by a newer/ });
  // SQLite keeps files beside a database while it is open.
  assert.deepEqual((await readdir(data)).toSorted(), [
    'chunks',
    'lock.sqlite',
    'log.sqlite',
    'tokens.sqlite',
  ]);
  setSchema(data, 1);
  await (await openDataFolder(data)).close();
});

test('[SRV-31] who reads a data folder leaves nothing in it', async (t) => {
  const { data } = await foldersFor(t);
  await fillDataFolder(data, { operations: 1, chunkBytes: [1] });
  const before = await readdir(data);
  await (await openDataFolderToRead(data)).log.close();
  assert.deepEqual(await readdir(data), before);
});

test('[SRV-21] a folder whose lock was removed while a server runs on it is not free, nor the next time', async (t) => {
  const { data } = await foldersFor(t);
  const running = await openDataFolder(data);
  for (const name of await readdir(data)) if (name.startsWith('lock.sqlite')) await rm(join(data, name));
  for (let tries = 0; tries < 2; tries += 1)
    await assert.rejects(openDataFolder(data), {
      message: /lock\.sqlite was removed while .* Another dataans-server/,
    });
  await running.close();
  await (await openDataFolder(data)).close();
});

test('[SRV-45] a data folder that is made is told from one that was there', async (t) => {
  const { data } = await foldersFor(t);
  for (const isNew of [true, false]) {
    const folder = await openDataFolder(data);
    assert.equal(folder.isNew, isNew);
    await folder.close();
  }
});

for (const [what, lose] of [
  ['is gone', (path: string) => rm(path)],
  ['is empty', (path: string) => writeFile(path, '')],
] as const)
  test(`[SRV-45] a data folder whose log ${what} beside its chunks does not become a new one`, async (t) => {
    const { data } = await foldersFor(t);
    await fillDataFolder(data, { operations: 1, chunkBytes: [1] });
    await lose(join(data, 'log.sqlite'));
    await assert.rejects(openDataFolder(data), {
      exitCode: 6,
      message:
        /^The log in the data folder .* is gone .* chunks are still there\. Restore log\.sqlite from a copy, or restore a backup/,
    });
    await assert.rejects(openDataFolderToRead(data), { message: /isn't a server's data folder/ });
  });

test('[SRV-45] used tokens without a log are what is left of a server, new ones are not', async (t) => {
  const { data } = await foldersFor(t);
  const tokens = await openTokensOf(data);
  const hash = new Uint8Array(32);
  await tokens.add({ hash, name: 'phone', created: 1, expires: null });
  await (await openDataFolder(data)).close();
  await rm(join(data, 'log.sqlite'));
  await tokens.touch(hash, 2);
  await tokens.close();
  await assert.rejects(openDataFolder(data), { message: /tokens that were used are still there/ });
});

for (const name of ['lock.sqlite', 'log.sqlite', 'tokens.sqlite'])
  test(`a data folder whose ${name} is damaged says which file it is, and what to do`, async (t) => {
    const { data } = await foldersFor(t);
    await fillDataFolder(data, { operations: 1, chunkBytes: [1] });
    await writeFile(join(data, name), 'x'.repeat(200));
    await assert.rejects(openDataFolder(data), {
      name: 'OperatorError',
      message: new RegExp(
        `/${name.replace('.', '\\.')} is damaged.*[Rr]emove the file|${name} is damaged.*Move it aside`,
      ),
    });
  });

function setSchema(data: string, version: number): void {
  const database = new DatabaseSync(join(data, 'tokens.sqlite'));
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}
