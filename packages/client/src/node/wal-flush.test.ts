import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite } from './sqlite.ts';
import { temporaryFolder } from '../testing/test-store.ts';
import { createWalFlush } from './wal-flush.ts';

const onLinux = { skip: process.platform !== 'linux' && 'there is no /proc here' };

/** Descriptors of this process for files below a folder. */
function openFilesBelow(folder: string): readonly string[] {
  return readdirSync('/proc/self/fd')
    .map((descriptor) => {
      try {
        return readlinkSync(join('/proc/self/fd', descriptor));
      } catch {
        return ''; // That of this reading itself.
      }
    })
    .filter((path) => path.startsWith(folder));
}

test(
  '[STO-20] a flush in the background keeps one descriptor of the log, and none after the close',
  onLinux,
  async (t) => {
    const folder = temporaryFolder(t);
    const database = openSqlite(join(folder, 'store.sqlite'));
    database.exec('CREATE TABLE kept (value)');
    const before = openFilesBelow(folder).length;
    for (let flush = 0; flush < 5; flush += 1) {
      database.exec('INSERT INTO kept VALUES (zeroblob(100000))');
      database.beginFlush();
      await sleep(1);
    }
    assert.equal(openFilesBelow(folder).length, before + 1);
    database.beginFlush();
    database.close();
    database.beginFlush();
    for (let waits = 0; waits < 100 && openFilesBelow(folder).length > 0; waits += 1) await sleep(10);
    assert.deepEqual(openFilesBelow(folder), []);
  },
);

test('[STO-20] a flush that cannot begin is nobody’s error', (t) => {
  const flush = createWalFlush(join(temporaryFolder(t), 'nowhere', 'store.sqlite'));
  flush.begin();
  flush.end();
  flush.begin();
});

test('[STO-20] a flush in the background drops none of the locks that other processes see', async (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const database = openSqlite(path);
  t.after(database.close);
  database.exec('CREATE TABLE kept (value); BEGIN IMMEDIATE; INSERT INTO kept VALUES (1)');
  const flush = createWalFlush(path);
  flush.begin();
  flush.end();
  await sleep(20);
  assert.match(writeElsewhere(path), /database is locked/);
  database.exec('COMMIT');
  assert.equal(writeElsewhere(path), '');
});

/** What another process says of its attempt to write. */
function writeElsewhere(path: string): string {
  const script = `
    import { DatabaseSync } from 'node:sqlite';
    new DatabaseSync(${JSON.stringify(path)}, { timeout: 0 }).exec('BEGIN IMMEDIATE; COMMIT');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).stderr;
}
