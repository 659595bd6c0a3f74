import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { assertSameFolders } from '../world/compare-folders.ts';
import { runProgram } from '../world/program.ts';
import { dataansProgram, repository, serverProgram } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import { findCommandBlocks } from './command-blocks.ts';

const addressInDocuments = 'http://127.0.0.1:8000';

test('the commands of README.md work one after the other, and give the notes back', async (t) => {
  const world = await createWorld(t);
  const server = await startServer(world);
  const folder = join(world.folder, 'somewhere');
  await writeBelow(folder, 'notes/linux/tar.md', '# tar\n\n> Archiving utility.\n');
  await writeBelow(folder, 'notes/pictures/sunrise.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  const blocks = findCommandBlocks(await readFile(join(repository, 'README.md'), 'utf8'));
  assert.ok(blocks.length > 1);
  const commands = blocks.join('').replaceAll(addressInDocuments, server.address);
  const { exitCode, stdout, stderr } = await runProgram(world, ['sh', '-eu', '-c', commands], {
    cwd: folder,
    env: {
      PATH: pathWith(world, 'dataans', dataansProgram),
      DATAANS_HOME: 'first-device',
    },
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /Signed in to .*\n\nYour passphrase:/);
  assert.match(stdout, /tar\.md/);
  await assertSameFolders(world, join(folder, 'notes'), join(folder, 'out'));
});

test('the commands of an operator in docs/operating.md work one after the other beside a server', async (t) => {
  const world = await createWorld(t);
  const server = await startServer(world, { env: { DATAANS_AUTH: 'token' } });
  const markdown = await readFile(join(repository, 'docs/operating.md'), 'utf8');
  const blocks = findCommandBlocks(markdown, 'beside-a-server');
  assert.ok(blocks.length >= 3);
  const commands = blocks.join('').replaceAll('https://notes.example.org', server.address);
  const { exitCode, stdout, stderr } = await runProgram(world, ['sh', '-eu', '-c', commands], {
    cwd: repository,
    env: {
      PATH: pathWith(world, 'dataans-server', serverProgram),
      DATAANS_DATA: server.dataFolder,
      DATAANS_AUTH: 'token',
      DATAANS_PORT: new URL(server.address).port,
    },
  });
  assert.equal(exitCode, 0, stdout + stderr);
  assert.match(stdout, /^dat_/m);
  assert.match(stdout, /backup has 0 operations and 0 chunks/);
});

/** A path on which the program is a command, as after `npm link`. */
function pathWith(world: World, name: string, program: string): string {
  const folder = join(world.folder, 'programs');
  mkdirSync(folder);
  symlinkSync(program, join(folder, name));
  return [folder, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
}
