import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingPackages, type Lock } from './missing-packages.mjs';

const wanted: Lock = {
  packages: {
    '': { version: '1.0.0' },
    'packages/core': { version: '1.0.0' },
    'node_modules/core': { resolved: 'packages/core', link: true },
    'node_modules/plain': { version: '2.0.0' },
    'node_modules/tool': { version: '3.0.0', dev: true },
    'node_modules/binding': { version: '4.0.0', optional: true },
    'node_modules/tool-binding': { version: '5.0.0', devOptional: true },
  },
};

function installedWith(changes: Lock['packages']): Lock {
  return { packages: { ...wanted.packages, ...changes } };
}

function installedWithout(...folders: readonly string[]): Lock {
  return {
    packages: Object.fromEntries(
      Object.entries(wanted.packages ?? {}).filter(([folder]) => !folders.includes(folder)),
    ),
  };
}

test('nothing is missing from an installation of the same lock', () => {
  assert.deepEqual(missingPackages(wanted, wanted, { withDevelopment: true, needed: [] }), []);
});

test('every required package is missing where nothing is installed', () => {
  assert.deepEqual(missingPackages(wanted, {}, { withDevelopment: true, needed: [] }), [
    'node_modules/core',
    'node_modules/plain',
    'node_modules/tool',
  ]);
});

test('another version than the locked one is missing, of an optional package too', () => {
  const installed = installedWith({
    'node_modules/plain': { version: '2.0.1' },
    'node_modules/binding': { version: '4.0.1' },
  });
  assert.deepEqual(missingPackages(wanted, installed, { withDevelopment: true, needed: [] }), [
    'node_modules/plain',
    'node_modules/binding',
  ]);
});

test('a workspace that is linked from elsewhere is missing', () => {
  const installed = installedWith({ 'node_modules/core': { resolved: 'core', link: true } });
  assert.deepEqual(missingPackages(wanted, installed, { withDevelopment: false, needed: [] }), [
    'node_modules/core',
  ]);
});

test('an optional package may be absent: it may not exist for this platform', () => {
  const installed = installedWithout('node_modules/binding', 'node_modules/tool-binding');
  assert.deepEqual(missingPackages(wanted, installed, { withDevelopment: true, needed: [] }), []);
});

test('a development dependency is missed only where development is meant', () => {
  const installed = installedWithout('node_modules/tool');
  assert.deepEqual(missingPackages(wanted, installed, { withDevelopment: false, needed: [] }), []);
  assert.deepEqual(missingPackages(wanted, installed, { withDevelopment: true, needed: [] }), [
    'node_modules/tool',
  ]);
});

test('an optional package is missing where it is needed and the lock names it', () => {
  const needed = ['node_modules/binding', 'node_modules/unknown'];
  const found = installedWithout('node_modules/binding');
  assert.deepEqual(missingPackages(wanted, found, { withDevelopment: false, needed }), [
    'node_modules/binding',
  ]);
});

test('a folder that holds another package under the same name is missing', () => {
  const changed = installedWith({ 'node_modules/plain': { name: 'other', version: '2.0.0' } });
  assert.deepEqual(missingPackages(wanted, changed, { withDevelopment: true, needed: [] }), [
    'node_modules/plain',
  ]);
});
