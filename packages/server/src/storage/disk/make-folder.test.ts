import assert from 'node:assert/strict';
import { stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { makeFolder } from './make-folder.ts';

test('[SRV-18] a folder is made with those above it, for their owner only, and again changes nothing', async (t) => {
  const root = await temporaryFolder(t);
  const path = join(root, 'a', 'b', 'c');
  makeFolder(path);
  makeFolder(path);
  for (const made of [path, join(root, 'a')]) assert.equal((await stat(made)).mode & 0o777, 0o700);
});

test('a link to a folder is one, and a file is none', async (t) => {
  const root = await temporaryFolder(t);
  await symlink(root, join(root, 'link'));
  makeFolder(join(root, 'link'));
  await writeFile(join(root, 'file'), '');
  assert.throws(() => makeFolder(join(root, 'file')), { code: 'EEXIST' });
  assert.throws(() => makeFolder(join(root, 'file', 'below')), { code: 'ENOTDIR' });
});

test('a folder that takes no folders is said so at once', { skip: process.platform !== 'linux' }, () => {
  for (const path of ['/proc/dataans', '/proc/dataans/below'])
    assert.throws(() => makeFolder(path), { code: 'ENOENT' });
});
