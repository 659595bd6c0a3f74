import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCommandFaults, findManifestFaults } from './manifests.ts';

const explanations = '| package | why |\n| --- | --- |\n| `hono` | routes |\n| `@types/node`  | types |\n';
const manifest = {
  path: 'package.json',
  dependencies: { hono: '4.13.19', '@dataans/core': '0.1.0' },
  devDependencies: { '@types/node': '26.6.6' },
};

test('exact and explained dependencies leave nothing to say; our own packages need no entry', () => {
  assert.deepEqual(findManifestFaults([manifest], explanations), []);
});

for (const version of ['^4.13.19', '~4.13.19', '4', '*', 'latest', '>=4.0.0']) {
  test(`${version} is no exact version`, () => {
    const faults = findManifestFaults([{ ...manifest, dependencies: { hono: version } }], explanations);
    assert.deepEqual(faults, [`package.json: hono: ${version} is not an exact version`]);
  });
}

test('a version with a pre-release part is exact', () => {
  const faults = findManifestFaults([{ ...manifest, dependencies: { hono: '5.0.0-rc.1' } }], explanations);
  assert.deepEqual(faults, []);
});

test('a package under another name has an exact version too', () => {
  const under = (version: string) =>
    findManifestFaults([{ ...manifest, dependencies: { hono: version } }], explanations).length;
  assert.equal(under('npm:@scope/hono@4.13.19'), 0);
  assert.equal(under('npm:hono@^4.13.19'), 1);
});

test('a dependency of any kind without an entry is a fault', () => {
  const faults = findManifestFaults(
    [{ ...manifest, optionalDependencies: { node: '26.10.0' } }],
    explanations,
  );
  assert.deepEqual(faults, ['package.json: node is not explained in docs/dependencies.md']);
});

test('an entry without a dependency is a fault', () => {
  const faults = findManifestFaults([manifest], `${explanations}| \`express\` | routes |\n`);
  assert.deepEqual(faults, ['docs/dependencies.md: explains express, which nothing depends on']);
});

test('a command whose file is not executable is a fault', () => {
  const withCommands = {
    path: 'packages/cli/package.json',
    bin: { one: './src/one.ts', two: 'bin/two.mjs' },
  };
  assert.deepEqual(
    findCommandFaults(withCommands, (path) => path === 'packages/cli/bin/two.mjs'),
    ['packages/cli/src/one.ts: is a command in packages/cli/package.json and not an executable file'],
  );
  assert.deepEqual(
    findCommandFaults(withCommands, () => true),
    [],
  );
});
