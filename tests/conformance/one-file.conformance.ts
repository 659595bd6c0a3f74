import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildOneFile } from '../../scripts/release/one-file.ts';
import { dataansServer } from '../../scripts/release/programs.ts';
import { carryANote } from '../release/carry-a-note.ts';
import { buildOneFilePrograms } from '../release/install-programs.ts';
import { runProgram, startProgram } from '../world/program.ts';
import { createWorld, type World } from '../world/world.ts';

test('the programs of one file, alone in an empty folder and with no path, bring a note from one device to another', async (t) => {
  const world = await createWorld(t);
  await carryANote(world, { ...(await buildOneFilePrograms(world)), env: { PATH: '' } });
});

test('a program of one file that is built twice is the same bytes', async (t) => {
  const world = await createWorld(t);
  const [one, other] = [join(world.folder, 'one'), join(world.folder, 'other')];
  await build(world, one);
  await build(world, other);
  assert.ok((await readFile(one)).equals(await readFile(other)));
});

test('a program of one file backs itself up on its schedule, to a backup that it proves', async (t) => {
  const world = await createWorld(t);
  const program = join(world.folder, 'dataans-server');
  await build(world, program);
  const backup = join(world.folder, 'backup');
  const env = { DATAANS_DATA: join(world.folder, 'server'), DATAANS_PORT: '0', PATH: '' };
  const schedule = { DATAANS_BACKUP_TO: backup, DATAANS_BACKUP_EVERY: '1h' };
  const server = startProgram(world, [program, 'start'], { env: { ...env, ...schedule } });
  await server.waitForLine((line) => line.includes('"backup proved"'), 'stderr');
  server.kill('SIGTERM');
  assert.equal((await server.ended).exitCode, 0);
  const checked = await runProgram(world, [program, 'check', backup], { env });
  assert.equal(checked.exitCode, 0, checked.stderr);
});

async function build(world: World, output: string): Promise<void> {
  await buildOneFile(dataansServer, await mkdtemp(join(world.folder, 'work-')), output);
}
