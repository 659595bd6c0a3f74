import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openDatabase } from './database.ts';
import type { Migration } from './migrate.ts';
import { afterTest } from '../../testing/after-test.ts';

const makeTable: Migration = (database) => database.exec('CREATE TABLE things (value INTEGER)');
const addRow: Migration = (database) => database.exec('INSERT INTO things VALUES (1)');

test('[SRV-10] a commit is on the disk when it returns', async (t) => {
  const database = openDatabase(join(await temporaryFolder(t), 'a.sqlite'), []);
  afterTest(t, () => database.close());
  assert.equal(database.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
  assert.equal(database.prepare('PRAGMA synchronous').get()?.['synchronous'], 2);
});

test('[SRV-22] an older schema is brought up to date by the steps that it lacks', async (t) => {
  const path = join(await temporaryFolder(t), 'a.sqlite');
  openDatabase(path, [makeTable]).close();
  openDatabase(path, [makeTable, addRow]).close();
  const database = openDatabase(path, [makeTable, addRow]);
  afterTest(t, () => database.close());
  assert.equal(database.prepare('SELECT count(*) AS n FROM things').get()?.['n'], 1);
});

test('[SRV-22] steps that fail leave the older schema as it was', async (t) => {
  const path = join(await temporaryFolder(t), 'a.sqlite');
  openDatabase(path, [makeTable]).close();
  const fail: Migration = () => assert.fail('step failed');
  assert.throws(() => openDatabase(path, [makeTable, addRow, fail]), /step failed/);
  const database = openDatabase(path, [makeTable]);
  afterTest(t, () => database.close());
  assert.equal(database.prepare('SELECT count(*) AS n FROM things').get()?.['n'], 0);
});
