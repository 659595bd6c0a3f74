import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fillDataFolder } from '../../packages/server/src/testing/filled-data-folder.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { runProgram } from '../world/program.ts';
import { repository, serverProgram } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';
import { findChapter, findCommandBlocks } from './command-blocks.ts';

const readScaling = (): Promise<string> => readFile(join(repository, 'docs', 'scaling.md'), 'utf8');

test('[SRV-112] the commands of docs/scaling.md make accounts for several people', async (t) => {
  const world = await createWorld(t);
  const blocks = findCommandBlocks(findChapter(await readScaling(), 'Many accounts'));
  assert.ok(blocks.length > 0);
  const { exitCode, stdout, stderr } = await runProgram(world, ['sh', '-eu', '-c', blocks.join('')], {
    env: {
      PATH: [await binFolder(world), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
      data: join(world.folder, 'many'),
    },
    cwd: world.folder,
  });
  assert.equal(exitCode, 0, stderr);
  assert.equal(stdout.match(/^dat_/gm)?.length, 2);
  assert.match(stdout, / alice +active/);
});

test('[SRV-93] the commands of docs/scaling.md take a server to a bucket and back', async (t) => {
  const world = await createWorld(t);
  const { place, bytesByKey } = await startS3Server(t);
  const [bin, old] = [await binFolder(world), join(world.folder, 'old')];
  await writeFile(join(world.folder, 'secret'), place.secret);
  await writeFile(
    join(world.folder, 'bucket.env'),
    [
      'DATAANS_CHUNKS=s3://bucket/some/notes',
      `DATAANS_S3_ENDPOINT=${place.endpoint.origin}`,
      `DATAANS_S3_REGION=${place.region}`,
      `DATAANS_S3_KEY_ID=${place.keyId}`,
      `DATAANS_S3_SECRET_FILE=${join(world.folder, 'secret')}\n`,
    ].join('\n'),
  );
  await fillDataFolder(old, { operations: 20, chunkBytes: [10, 200_000, 1_000_000] });
  const markdown = findChapter(await readScaling(), 'Chunks in a bucket');
  const { exitCode, stdout, stderr } = await runProgram(
    world,
    ['sh', '-eu', '-c', findCommandBlocks(markdown).join('')],
    {
      env: {
        PATH: [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
        old,
        new: join(world.folder, 'new'),
        files: join(world.folder, 'files'),
        backup: join(world.folder, 'backup'),
      },
      cwd: world.folder,
    },
  );
  assert.equal(exitCode, 0, stderr);
  assert.equal(bytesByKey.size, 3);
  assert.equal(stdout.match(/Restored 20 operations and 3 chunks/g)?.length, 2);
});

/** A folder with the server as a command. */
async function binFolder(world: World): Promise<string> {
  const bin = join(world.folder, 'bin');
  await mkdir(bin);
  const program = join(bin, 'dataans-server');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${serverProgram}' "$@"\n`);
  await chmod(program, 0o755);
  return bin;
}
