import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildOneFile } from '../../scripts/release/one-file.ts';
import { dataans, dataansServer, type Program } from '../../scripts/release/programs.ts';
import { carryANote } from '../release/carry-a-note.ts';
import { createWorld, type World } from '../world/world.ts';

test('the programs of one file, alone in an empty folder and with no path, bring a note from one device to another', async (t) => {
  const world = await createWorld(t);
  const folder = join(world.folder, 'empty');
  await mkdir(folder);
  for (const program of [dataans, dataansServer]) {
    await build(world, program, join(folder, program.name));
  }
  await carryANote(world, {
    dataans: [join(folder, 'dataans')],
    server: [join(folder, 'dataans-server')],
    env: { PATH: '' },
  });
});

test('a program of one file that is built twice is the same bytes', async (t) => {
  const world = await createWorld(t);
  const [one, other] = [join(world.folder, 'one'), join(world.folder, 'other')];
  await build(world, dataansServer, one);
  await build(world, dataansServer, other);
  assert.ok((await readFile(one)).equals(await readFile(other)));
});

async function build(world: World, program: Program, output: string): Promise<void> {
  await buildOneFile(program, await mkdtemp(join(world.folder, 'work-')), output);
}
