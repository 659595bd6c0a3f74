import assert from 'node:assert/strict';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOneFile } from '../../scripts/release/one-file.ts';
import { packProgram } from '../../scripts/release/pack-program.ts';
import { dataans, dataansServer } from '../../scripts/release/programs.ts';
import { runProgram } from '../world/program.ts';
import type { World } from '../world/world.ts';
import type { Installed } from './carry-a-note.ts';

const programs = [dataans, dataansServer];

/** Both as one file each, alone in a folder. */
export async function buildOneFilePrograms(world: World): Promise<Installed> {
  const folder = await mkdtemp(join(world.folder, 'one-file-'));
  for (const program of programs)
    await buildOneFile(program, await mkdtemp(join(world.folder, 'work-')), join(folder, program.name));
  return { dataans: [join(folder, 'dataans')], server: [join(folder, 'dataans-server')] };
}

/** Both as npm installs them, without a network. */
export async function installPackages(world: World, prefix: string): Promise<Installed> {
  await mkdir(prefix);
  const npm = ['npm', 'install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund'];
  const packed = await packPrograms(world, join(world.folder, 'packed'));
  const installed = await runProgram(world, [...npm, ...packed], {
    env: { npm_config_cache: join(world.folder, 'npm-cache'), npm_config_update_notifier: 'false' },
  });
  assert.equal(installed.exitCode, 0, installed.stderr);
  const bin = join(prefix, process.platform === 'win32' ? '' : 'bin');
  return { dataans: [join(bin, 'dataans')], server: [join(bin, 'dataans-server')] };
}

/** @returns the paths of their tarballs */
export function packPrograms(world: World, into: string): Promise<readonly string[]> {
  return Promise.all(
    programs.map(async (program) => packProgram(program, await mkdtemp(join(world.folder, 'work-')), into)),
  );
}
