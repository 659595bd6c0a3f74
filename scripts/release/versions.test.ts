import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findVersionFaults, followVersion } from './versions.ts';

const manifest = {
  name: '@dataans/cli',
  version: '0.1.0',
  dependencies: { '@dataans/core': '0.1.0', hono: '0.1.0' },
};
const lay = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

test('a new version reaches the packages, what they need of each other, the lock and what a witness says', () => {
  const followed = {
    ...manifest,
    version: '2.0.0',
    dependencies: { '@dataans/core': '2.0.0', hono: '0.1.0' },
  };
  assert.equal(followVersion('packages/cli/package.json', lay(manifest), '2.0.0'), lay(followed));
  const other = { version: '0.1.0', dependencies: {} };
  const lock = { version: '0.1.0', packages: { 'packages/cli': manifest, 'node_modules/hono': other } };
  assert.equal(
    followVersion('package-lock.json', lay(lock), '2.0.0'),
    lay({ version: '2.0.0', packages: { 'packages/cli': followed, 'node_modules/hono': other } }),
  );
  const said = "export const programName = 'dataans 0.1.0';\n";
  assert.equal(
    followVersion('packages/client/src/witness/program-name.ts', said, '2.0.0'),
    "export const programName = 'dataans 2.0.0';\n",
  );
});

test('a package of another version is named, and so is a version that the changes do not tell of', () => {
  const texts: Readonly<Record<string, string>> = {
    'CHANGELOG.md': '# Changes\n\n## 0.1.0\n',
    'packages/cli/package.json': lay(manifest),
  };
  const find = (version: string) =>
    findVersionFaults(Object.keys(texts), (path) => texts[path] ?? '', version);
  assert.deepEqual(find('0.1.0'), []);
  assert.deepEqual(
    find('0.2.0').map((fault) => fault.split(':')[0]),
    ['packages/cli/package.json', 'CHANGELOG.md'],
  );
});
