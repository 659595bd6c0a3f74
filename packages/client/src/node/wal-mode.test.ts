import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { temporaryFolder } from '../testing/test-store.ts';
import { switchToWal } from './wal-mode.ts';

/** A new file that one connection is writing to, and another that waits for nothing. */
function openBoth(t: TestContext): { readonly writer: DatabaseSync; readonly other: DatabaseSync } {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const writer = new DatabaseSync(path);
  const other = new DatabaseSync(path, { timeout: 0 });
  t.after(() => {
    writer.close();
    other.close();
  });
  writer.exec('CREATE TABLE kept (value); BEGIN IMMEDIATE');
  return { writer, other };
}

test('[STO-2] a file that somebody else is making is waited for', (t) => {
  const { writer, other } = openBoth(t);
  let pauses = 0;
  switchToWal(other, 1_000, () => {
    pauses += 1;
    if (pauses === 3) writer.exec('COMMIT');
  });
  assert.equal(pauses, 3);
  assert.deepEqual({ ...other.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
  assert.deepEqual({ ...other.prepare('PRAGMA busy_timeout').get() }, { timeout: 1_000 });
});

test('a file that stays in use is not waited for without end', (t) => {
  const { other } = openBoth(t);
  let pauses = 0;
  assert.throws(() => switchToWal(other, 20, () => (pauses += 1)), { errcode: 5 });
  assert.equal(pauses, 4);
});

test('what is wrong otherwise is said at once', () => {
  const damaged = {
    exec: (sql: string) => {
      if (sql.includes('journal_mode')) throw new Error('file is not a database');
    },
  };
  const pause = (): void => assert.fail('there is nothing to wait for');
  assert.throws(() => switchToWal(damaged, 1_000, pause), /not a database/);
});
