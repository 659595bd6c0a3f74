import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packProgram } from '../../scripts/release/pack-program.ts';
import { dataans, dataansServer } from '../../scripts/release/programs.ts';
import { buildApp } from '../app/built-app.ts';
import { runProgram } from '../world/program.ts';
import { createWorld } from '../world/world.ts';
import { carryANote } from './carry-a-note.ts';

const installedBytesMax = 12_000_000;

test('the packed programs install without a network, alone, and bring a note from one device to another', async (t) => {
  const world = await createWorld(t);
  buildApp();
  const tarballs = await Promise.all(
    [dataans, dataansServer].map(async (program) => {
      const work = await mkdtemp(join(world.folder, 'work-'));
      return packProgram(program, work, join(world.folder, 'packed'));
    }),
  );
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

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
