import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packProgram } from '../../scripts/release/pack-program.ts';
import { dataans, dataansServer } from '../../scripts/release/programs.ts';
import { buildApp } from '../app/built-app.ts';
import { runProgram } from '../world/program.ts';
import { createWorld, type World } from '../world/world.ts';
import { carryANote } from './carry-a-note.ts';

const installedBytesMax = 12_000_000;

test('the packed programs install without a network, alone, and bring a note from one device to another', async (t) => {
  const world = await createWorld(t);
  buildApp();
  const tarballs = await packBoth(world, 'packed');
  const prefix = join(world.folder, 'prefix');
  await mkdir(prefix);
  const npm = ['npm', 'install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund'];
  const installed = await runProgram(world, [...npm, ...tarballs], {
    env: { npm_config_cache: join(world.folder, 'npm-cache'), npm_config_update_notifier: 'false' },
  });
  assert.equal(installed.exitCode, 0, installed.stderr);
  assert.ok(bytesBelow(prefix) < installedBytesMax, `${bytesBelow(prefix)} bytes`);

  const bin = join(prefix, process.platform === 'win32' ? '' : 'bin');
  await carryANote(world, { dataans: [join(bin, 'dataans')], server: [join(bin, 'dataans-server')] });
});

test('the programs that are packed twice, in two places, are the same bytes', async (t) => {
  const world = await createWorld(t);
  buildApp();
  const packed = await Promise.all(
    ['one', 'a longer name of another folder'].map((name) => packBoth(world, name)),
  );
  const [first, second] = packed.map((paths) => paths.map((path) => readFileSync(path)));
  assert.deepEqual(second, first);
});

function packBoth(world: World, into: string): Promise<readonly string[]> {
  return Promise.all(
    [dataans, dataansServer].map(async (program) => {
      const work = await mkdtemp(join(world.folder, 'work-'));
      return packProgram(program, work, join(world.folder, into));
    }),
  );
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
