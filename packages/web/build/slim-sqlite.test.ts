import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { withoutUnused } from './slim-sqlite.ts';

const { resolve } = createRequire(import.meta.url);
const packaged = dirname(resolve('@sqlite.org/sqlite-wasm/package.json'));
const source = readFileSync(join(packaged, 'dist/index.mjs'), 'utf8');

test('the worker gets SQLite without the ways to use it that it has no use for', () => {
  const slim = withoutUnused(source);
  for (const unused of ['initWorker1API = function', 'installOpfsVfs', 'new Worker(', 'kvvfsMethods'])
    assert.ok(!slim.includes(unused), unused);
  for (const needed of ['sqlite3.installOpfsSAHPoolVfs =', 'sqlite3.vfs.installVfs', 'sqlite3.oo1 ='])
    assert.ok(slim.includes(needed), needed);
});

test('a package of SQLite in which a part is not found is not built with', () => {
  assert.throws(
    () => withoutUnused(source.replace('const installOpfsVfs = ', 'const install = ')),
    /Look in it/,
  );
});
