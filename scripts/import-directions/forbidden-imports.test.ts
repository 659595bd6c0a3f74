import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForbiddenImports } from './forbidden-imports.ts';

function isForbidden(path: string, specifier: string): boolean {
  return findForbiddenImports(`packages/${path}`, `import { x } from '${specifier}';\n`).length > 0;
}

const forbidden: readonly (readonly [path: string, specifier: string])[] = [
  ['core/src/a.ts', '@dataans/client'],
  ['core/src/a.ts', '@dataans/server'],
  ['core/src/a.ts', 'node:crypto'],
  ['core/src/sealing/a.ts', '../../../server/src/index.ts'],
  ['core/src/a.test.ts', '@dataans/client'],
  ['server/src/a.ts', '@dataans/client'],
  ['server/src/a.ts', '@dataans/client/node'],
  ['server/src/a.test.ts', '@dataans/client'],
  ['server/src/a.ts', '../../client/src/index.ts'],
  ['server/src/routes/a.ts', 'node:sqlite'],
  ['server/src/routes/a.ts', '../storage/data-folder.ts'],
  ['server/src/stores/a.ts', '../storage/sqlite/sqlite-log.ts'],
  ['server/src/routes/a.ts', 'node:fs'],
  ['server/src/routes/a.ts', '@dataans/web/served'],
  ['server/src/storage/sql/a.ts', 'node:sqlite'],
  ['server/src/app.ts', 'node:process'],
  ['server/src/storage/disk/a.ts', 'pg'],
  ['server/src/storage/postgres/a.ts', 'aws4fetch'],
  ['server/src/storage/cloudflare/a.ts', 'cloudflare:workers'],
  ['server/src/worker/a.ts', 'node:fs'],
  ['client/src/a.ts', '@dataans/server'],
  ['client/src/a.ts', '@dataans/cli'],
  ['client/src/store/a.ts', 'node:fs'],
  ['client/src/browser/a.ts', 'node:fs'],
  ['client/src/store/a.ts', 'node:sqlite'],
  ['client/src/node/a.ts', '@sqlite.org/sqlite-wasm'],
  ['client/src/store/a.ts', '@sqlite.org/sqlite-wasm'],
  ['client/src/store/a.ts', '../node/sqlite.ts'],
  ['client/src/node/a.ts', '../browser/sqlite.ts'],
  ['cli/src/a.ts', '@dataans/server'],
  ['cli/src/a.ts', '@dataans/client/browser'],
  ['cli/src/a.ts', 'node:sqlite'],
  ['web/src/a.ts', '@dataans/server'],
  ['web/src/a.ts', '@dataans/client/node'],
  ['web/src/a.ts', '@dataans/client/browser'],
  ['web/src/a.ts', 'node:fs'],
  ['newcomer/src/a.ts', '@dataans/core'],
];

for (const [path, specifier] of forbidden) {
  test(`packages/${path} may not import ${specifier}`, () => {
    assert.equal(isForbidden(path, specifier), true);
  });
}

const allowed: readonly (readonly [path: string, specifier: string])[] = [
  ['core/src/sealing/a.ts', '../limits.ts'],
  ['core/src/a.ts', 'valibot'],
  ['core/src/a.test.ts', 'node:test'],
  ['core/src/a.contract.ts', 'node:assert/strict'],
  ['server/src/a.ts', '@dataans/core'],
  ['server/src/a.ts', 'node:http'],
  ['server/src/start-server.ts', '@dataans/web/served'],
  ['server/src/auth/a.ts', 'node:net'],
  ['server/src/auth/a.test.ts', 'node:fs'],
  ['server/src/storage/sqlite/a.ts', 'node:sqlite'],
  ['server/src/start-server.ts', './storage/data-folder.ts'],
  ['server/src/storage/sqlite/a.ts', '../disk/sync-folder.ts'],
  ['server/src/routes/a.test.ts', '../storage/data-folder.ts'],
  ['server/src/worker/a.ts', 'cloudflare:workers'],
  ['server/src/worker/a.ts', '../storage/cloudflare/a.ts'],
  ['client/src/a.ts', '@dataans/core'],
  ['client/src/node/a.ts', 'node:sqlite'],
  ['client/src/node/a.ts', '../store/store.ts'],
  ['client/src/store/a.test.ts', '../node/sqlite.ts'],
  ['client/src/browser/a.ts', '@sqlite.org/sqlite-wasm'],
  ['cli/src/a.ts', '@dataans/client/node'],
  ['cli/src/a.ts', 'node:fs'],
  ['web/src/a.ts', '@dataans/client/web'],
  ['web/src/a.ts', '@dataans/client/worker'],
];

for (const [path, specifier] of allowed) {
  test(`packages/${path} may import ${specifier}`, () => {
    assert.equal(isForbidden(path, specifier), false);
  });
}

test('a finding says where, what and why', () => {
  assert.deepEqual(findForbiddenImports('packages/core/src/a.ts', `await import('node:fs');`), [
    { path: 'packages/core/src/a.ts', specifier: 'node:fs', reason: 'core runs without Node' },
  ]);
});
