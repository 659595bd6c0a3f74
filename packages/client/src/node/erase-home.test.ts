import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eraseHome } from './erase-home.ts';
import { temporaryFolder } from '../testing/test-store.ts';
import { writeFileWhole } from './write-file.ts';

const deadPid = 999_999_999;

test('[ACC-11] a sign-out leaves no key behind, also none of a write that a crash cut short', async (t) => {
  const folder = join(temporaryFolder(t), 'home');
  mkdirSync(folder);
  for (const name of ['credentials.json', 'sign-in.json', 'profile.json'])
    for (const end of ['', `.${deadPid}.partial`]) writeFileSync(join(folder, name + end), 'secret');
  await eraseHome(folder, 'credentials');
  assert.deepEqual(readdirSync(folder), ['profile.json', `profile.json.${deadPid}.partial`]);
  await eraseHome(folder, 'everything');
  assert.ok(!existsSync(folder));
});

test('[ACC-11] the next write of a file removes what a crash left of the one before, and nothing of a running one', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'credentials.json');
  writeFileSync(`${path}.${deadPid}.partial`, 'secret');
  writeFileSync(`${path}.${process.ppid}.partial`, 'being written');
  writeFileSync(`${path}.1x.partial`, 'of somebody else');
  await writeFileWhole(path, 'new');
  const left = [
    'credentials.json',
    `credentials.json.${process.ppid}.partial`,
    'credentials.json.1x.partial',
  ];
  assert.deepEqual(readdirSync(folder).toSorted(), left.toSorted());
});
