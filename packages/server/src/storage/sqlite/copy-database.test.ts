import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { afterTest } from '../../testing/after-test.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { copyDatabase } from './copy-database.ts';
import { openDatabase } from './database.ts';

test('[SRV-34] a copy holds one moment and comes to an end, however much is written meanwhile', async (t) => {
  const folder = await temporaryFolder(t);
  const [from, to] = [join(folder, 'from.sqlite'), join(folder, 'to.sqlite')];
  const writer = openDatabase(from, [({ rows }) => void rows('CREATE TABLE things (value BLOB)')]);
  afterTest(t, () => writer.close());
  const insert = writer.prepare('INSERT INTO things VALUES (zeroblob(1000000))');
  for (let rows = 0; rows < 12; rows += 1) insert.run();
  const done: number[] = [];
  await copyDatabase(from, to, (pages) => {
    assert.ok(done.length < 10);
    done.push(pages);
    insert.run();
  });
  assert.deepEqual(done, [1_000, 2_000]);
  assert.equal(countIn(to), 12);
  assert.equal(countIn(from), 14);
  assert.equal((await stat(to)).mode & 0o777, 0o600);
});

function countIn(path: string): unknown {
  const database = new DatabaseSync(path);
  try {
    return database.prepare('SELECT count(*) AS n FROM things').get()?.['n'];
  } finally {
    database.close();
  }
}
