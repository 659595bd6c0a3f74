import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../../hash.ts';
import type { AccountId } from '../../stores/directory.ts';
import { testDirectory } from '../../stores/directory.contract.ts';
import { afterTest } from '../../testing/after-test.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openSqliteDirectory } from './sqlite-directory.ts';

testDirectory('SQLite directory', async (t) => {
  const path = join(await temporaryFolder(t), 'directory.sqlite');
  const [one, other] = [openSqliteDirectory({ path }), openSqliteDirectory({ path })];
  afterTest(t, () => Promise.all([one.close(), other.close()]));
  return [one, other];
});

test('[SRV-111] it is known at once everywhere for which account a token was made', async (t) => {
  const path = join(await temporaryFolder(t), 'directory.sqlite');
  const [one, other] = [openSqliteDirectory({ path }), openSqliteDirectory({ path })];
  afterTest(t, () => Promise.all([one.close(), other.close()]));
  const [id, hash] = ['00000000-0000-4000-8000-000000000000' as AccountId, sha256(new Uint8Array([1]))];
  await one.add({ id, name: 'alice', created: 1 });
  assert.equal(await other.countTokens(), 0);
  await one.noteToken(hash, id);
  assert.deepEqual([await other.countTokens(), await other.findByToken(hash)], [1, id]);
  assert.equal(await other.findByToken(sha256(hash)), null);
});
