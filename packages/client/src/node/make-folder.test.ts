import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './make-folder.ts';
import { temporaryFolder } from '../testing/test-store.ts';

test('[STO-9] a folder is made with those above it, for its owner only', (t) => {
  const outer = join(temporaryFolder(t), 'outer');
  const inner = join(outer, 'inner');
  makeFolder(inner);
  makeFolder(inner);
  assert.deepEqual(
    [outer, inner].map((folder) => statSync(folder).mode & 0o777),
    [0o700, 0o700],
  );
});

test('a folder below a file, or with the name of one, is refused in a sentence', (t) => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  assert.throws(() => makeFolder(join(file, 'folder')), { code: 'storage-unusable' });
  assert.throws(() => makeFolder(file), { code: 'storage-unusable', message: /a file has its name/ });
});

test(
  'a folder that the system makes no folder in is refused',
  { skip: !existsSync('/proc/self') && 'This system has no /proc.' },
  () => {
    assert.throws(() => makeFolder('/proc/dataans/home'), { code: 'storage-unusable' });
  },
);
