import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isTestCode, isTestFile, repositoryFiles } from './source-files.ts';

test('every file is listed from the root, sorted, without what is installed or built', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'dataans-files-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const path of [
    'b.ts',
    'a/c.md',
    '.ci/run',
    '.git/HEAD',
    'a/node_modules/x/index.js',
    'a/dist/x.js',
    'a/dist-M8W9Qn/x.js',
    'release/x.tgz',
    'a/release/d.ts',
  ]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  assert.deepEqual(repositoryFiles(root), ['.ci/run', 'a/c.md', 'a/release/d.ts', 'b.ts']);
});

test('tests and contract suites are test files, and the code beside them is not', () => {
  assert.equal(isTestFile('packages/core/src/limits.test.ts'), true);
  assert.equal(isTestFile('packages/server/src/log/log-store.contract.ts'), true);
  assert.equal(isTestFile('packages/core/src/limits.ts'), false);
  assert.equal(isTestFile('packages/core/src/contract.ts'), false);
});

test('what only tests load is test code', () => {
  assert.equal(isTestCode('packages/client/src/testing/test-store.ts'), true);
  assert.equal(isTestCode('packages/client/src/store/migrate.test.ts'), true);
  assert.equal(isTestCode('packages/client/src/store/migrate.ts'), false);
});
