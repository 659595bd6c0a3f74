import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/test-store.ts';
import { measureStorage } from './measure-storage.ts';

test('a home takes what its store and its chunks take, and nothing before there is one', async (t) => {
  const folder = temporaryFolder(t);
  const nothing = { notesBytes: 0, filesBytes: 0, quotaBytes: null, persisted: true };
  assert.deepEqual(await measureStorage(join(folder, 'none')), nothing);
  await mkdir(join(folder, 'chunks', 'ab'), { recursive: true });
  await writeFile(join(folder, 'store.sqlite'), new Uint8Array(100));
  await writeFile(join(folder, 'store.sqlite-wal'), new Uint8Array(20));
  await writeFile(join(folder, 'chunks', 'ab', 'abcd'), new Uint8Array(3_000));
  await writeFile(join(folder, 'profile.json'), '{}');
  assert.deepEqual(await measureStorage(folder), { ...nothing, notesBytes: 120, filesBytes: 3_000 });
});
