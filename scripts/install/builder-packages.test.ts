import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { builderPackages } from './builder-packages.mjs';

const lock = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
) as Parameters<typeof builderPackages>[0]; // As npm writes it.

test('each kind of machine needs its own parts of what builds the app, and no others', () => {
  for (const [platform, architecture, libc, names] of [
    ['linux', 'x64', 'glibc', ['@rolldown/binding-linux-x64-gnu', 'lightningcss-linux-x64-gnu']],
    ['linux', 'x64', 'musl', ['@rolldown/binding-linux-x64-musl', 'lightningcss-linux-x64-musl']],
    ['darwin', 'arm64', 'glibc', ['@rolldown/binding-darwin-arm64', 'lightningcss-darwin-arm64']],
    ['win32', 'x64', 'glibc', ['@rolldown/binding-win32-x64-msvc', 'lightningcss-win32-x64-msvc']],
  ] as const)
    assert.deepEqual(
      builderPackages(lock, { platform, architecture, libc }),
      names.map((name) => `node_modules/${name}`),
    );
});
