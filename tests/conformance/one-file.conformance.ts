import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildOneFile } from '../../scripts/release/one-file.ts';
import { dataans, dataansServer } from '../../scripts/release/programs.ts';
import { carryANote } from '../release/carry-a-note.ts';
import { createWorld } from '../world/world.ts';

test('the programs of one file, alone in an empty folder and with no path, bring a note from one device to another', async (t) => {
  const world = await createWorld(t);
  const folder = join(world.folder, 'empty');
  await mkdir(folder);
  for (const program of [dataans, dataansServer]) {
    const work = await mkdtemp(join(world.folder, 'work-'));
    await buildOneFile(program, work, join(folder, program.name));
  }
  await carryANote(world, {
    dataans: [join(folder, 'dataans')],
    server: [join(folder, 'dataans-server')],
    env: { PATH: '' },
  });
});
