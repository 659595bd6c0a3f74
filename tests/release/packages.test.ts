import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildApp } from '../app/built-app.ts';
import { createWorld } from '../world/world.ts';
import { carryANote } from './carry-a-note.ts';
import { installPackages, packPrograms } from './install-programs.ts';

const installedBytesMax = 12_000_000;

test('the packed programs install without a network, alone, and bring a note from one device to another', async (t) => {
  const world = await createWorld(t);
  buildApp();
  const prefix = join(world.folder, 'prefix');
  const installed = await installPackages(world, prefix);
  assert.ok(bytesBelow(prefix) < installedBytesMax, `${bytesBelow(prefix)} bytes`);
  await carryANote(world, installed);
});

test('the programs that are packed twice, in two places, are the same bytes', async (t) => {
  const world = await createWorld(t);
  buildApp();
  const packed = await Promise.all(
    ['one', 'a longer name of another folder'].map((name) => packPrograms(world, join(world.folder, name))),
  );
  const [first, second] = packed.map((paths) => paths.map((path) => readFileSync(path)));
  assert.deepEqual(second, first);
});

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
