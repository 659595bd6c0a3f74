import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { fillDisk, smallDisk, whyNoSmallDisk } from '../../testing/small-disk.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { asSqliteStorageError } from './sqlite-error.ts';

function sqliteError(errcode: number): Error {
  return Object.assign(new Error('SQLite'), { errcode });
}

const failedWrite = 10 + 3 * 256;

test('[SRV-44] a database that another process holds, or that cannot be read or written, is unavailable', async (t) => {
  const folder = await temporaryFolder(t);
  for (const errcode of [5, 5 + 256, 8 + 256, failedWrite, 14])
    assert.ok((await asSqliteStorageError(sqliteError(errcode), folder)) instanceof StorageUnavailableError);
  for (const error of [sqliteError(11), sqliteError(19), new Error('else')])
    assert.equal(await asSqliteStorageError(error, folder), error);
});

test(
  '[SRV-6] a failed write to a full database, or where nothing more goes in, is for want of space',
  { skip: whyNoSmallDisk() },
  async (t) => {
    const disk = await smallDisk(t);
    assert.ok((await asSqliteStorageError(sqliteError(13), disk)) instanceof StorageFullError);
    await fillDisk(disk, 0);
    assert.ok((await asSqliteStorageError(sqliteError(failedWrite), disk)) instanceof StorageFullError);
  },
);
