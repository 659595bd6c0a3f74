import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fillDataFolder, foldersFor } from '../testing/filled-data-folder.ts';
import { openDataFolder, openDataFolderToRead } from './data-folder.ts';

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

function setSchema(data: string, version: number): void {
  const database = new DatabaseSync(join(data, 'tokens.sqlite'));
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}
