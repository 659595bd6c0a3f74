import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openDatabase } from './database.ts';
import type { Migration } from '../sql/sql.ts';
import { afterTest } from '../../testing/after-test.ts';

const makeTable: Migration = ({ rows }) => void rows('CREATE TABLE things (value INTEGER)');
const addRow: Migration = ({ rows }) => void rows('INSERT INTO things VALUES (1)');

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

test('[SRV-33] before the steps run, what was there is copied beside the database', async (t) => {
  const path = join(await temporaryFolder(t), 'a.sqlite');
  const old = openDatabase(path, [makeTable]);
  // Open, so that what was written is not in the file alone.
  afterTest(t, () => old.close());
  old.exec('INSERT INTO things VALUES (7)');
  openDatabase(path, [makeTable, addRow]).close();
  assert.deepEqual(valuesIn(`${path}.before-schema-2`), { values: [7], version: 1 });
  assert.deepEqual(valuesIn(path), { values: [7, 1], version: 2 });
  assert.equal((await stat(`${path}.before-schema-2`)).mode & 0o777, 0o600);
});

test('[SRV-22] the refusal of a newer schema names the copy that this version can open, and it works', async (t) => {
  const path = join(await temporaryFolder(t), 'a.sqlite');
  openDatabase(path, [makeTable]).close();
  openDatabase(path, [makeTable, addRow]).close();
  const copy = `${path}.before-schema-2`;
  assert.throws(
    () => openDatabase(path, [makeTable]),
    (error: Error) => error.message.includes(`rename ${copy}, the copy`),
  );
  await rename(copy, path);
  openDatabase(path, [makeTable]).close();
});

test('[SRV-33] after an upgrade the copies of earlier ones are gone, and after one that failed they are there', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'a.sqlite');
  const copies = async () => (await readdir(folder)).filter((name) => name.includes('before')).toSorted();
  openDatabase(path, [makeTable]).close();
  openDatabase(path, [makeTable, addRow]).close();
  const fail: Migration = () => assert.fail('step failed');
  assert.throws(() => openDatabase(path, [makeTable, addRow, fail]), /step failed/);
  assert.deepEqual(await copies(), ['a.sqlite.before-schema-2', 'a.sqlite.before-schema-3']);
  openDatabase(path, [makeTable, addRow, addRow]).close();
  assert.deepEqual(await copies(), ['a.sqlite.before-schema-3']);
});

test('[SRV-33] a new database is not copied', async (t) => {
  const folder = await temporaryFolder(t);
  openDatabase(join(folder, 'a.sqlite'), [makeTable, addRow]).close();
  assert.deepEqual(await readdir(folder), ['a.sqlite']);
});

test('[SRV-33] steps that were killed are as if they had not begun, and run at the next start', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'a.sqlite');
  openDatabase(path, [makeTable, addRow]).close();
  const killed = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', killedSteps], {
    env: { DATABASE: path, MODULE: join(import.meta.dirname, 'database.ts') },
  });
  assert.equal(killed.signal, 'SIGKILL', killed.stderr.toString());
  const before = openDatabase(path, [makeTable, addRow]);
  before.exec('INSERT INTO things VALUES (8)');
  before.close();
  await writeFile(`${path}.before-schema-3.half`, 'half a copy');
  openDatabase(path, [makeTable, addRow, addRow]).close();
  assert.deepEqual(valuesIn(path).values, [1, 8, 1]);
  assert.deepEqual(valuesIn(`${path}.before-schema-3`).values, [1, 8]);
  assert.deepEqual((await readdir(folder)).toSorted(), ['a.sqlite', 'a.sqlite.before-schema-3']);
});

test('[SRV-22] who only reads leaves an older schema as it is', async (t) => {
  const path = join(await temporaryFolder(t), 'a.sqlite');
  openDatabase(path, [makeTable]).close();
  assert.throws(() => openDatabase(path, [makeTable, addRow], 'only the newest'), {
    name: 'OperatorError',
    message: /was written by an older dataans-server \(schema 1, this one has 2\)\. Start the server once/,
  });
  assert.deepEqual(valuesIn(path), { values: [], version: 1 });
});

test('[SRV-22] a newer schema is refused, unchanged', async (t) => {
  const path = join(await temporaryFolder(t), 'a.sqlite');
  openDatabase(path, [makeTable, addRow]).close();
  const before = await readFile(path);
  assert.throws(() => openDatabase(path, [makeTable]), {
    name: 'OperatorError',
    message: /was written by a newer dataans-server \(schema 2, this one knows 1\)/,
  });
  assert.deepEqual(await readFile(path), before);
});

/** Is killed when it has done half of its work. */
const killedSteps = `
  const { openDatabase } = await import(process.env.MODULE);
  openDatabase(process.env.DATABASE, [
    () => {},
    () => {},
    ({ rows }) => {
      rows('INSERT INTO things VALUES (2), (3)');
      rows('DELETE FROM things WHERE value = 1');
      process.kill(process.pid, 'SIGKILL');
    },
  ]);`;

function valuesIn(path: string): { readonly values: readonly unknown[]; readonly version: unknown } {
  const database = new DatabaseSync(path);
  try {
    return {
      values: database
        .prepare('SELECT value FROM things ORDER BY rowid')
        .all()
        .map(({ value }) => value),
      version: database.prepare('PRAGMA user_version').get()?.['user_version'],
    };
  } finally {
    database.close();
  }
}
