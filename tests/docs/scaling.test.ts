import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fillDataFolder } from '../../packages/server/src/testing/filled-data-folder.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { runProgram } from '../world/program.ts';
import { repository, serverProgram } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { findChapter, findCommandBlocks } from './command-blocks.ts';

const readScaling = (): Promise<string> => readFile(join(repository, 'docs', 'scaling.md'), 'utf8');

test('[SRV-112] the commands of docs/scaling.md make accounts for several people', async (t) => {
  const world = await createWorld(t);
  const [first = '', ...others] = findCommandBlocks(findChapter(await readScaling(), 'Many accounts'));
  assert.equal(others.length, 2);
  const at = (name: string): string => join(world.folder, name);
  const env = {
    PATH: [await binFolder(world), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    data: at('data'),
    backup: at('backup'),
    one: at('one'),
    back: at('back'),
  };
  const run = async (commands: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await runProgram(world, ['sh', '-eu', '-c', commands], {
      env,
      cwd: world.folder,
    });
    assert.equal(exitCode, 0, stderr);
    return stdout;
  };
  const made = await run(first);
  const tokens = made.match(/^dat_.*$/gm) ?? [];
  assert.equal(tokens.length, 2);
  assert.match(made, / alice +active/);
  const server = await startServer(world, {
    env: { DATAANS_DATA: at('data'), DATAANS_ACCOUNTS: 'many', DATAANS_AUTH: 'token' },
  });
  const heads = tokens.map((token) =>
    fetch(`${server.address}/v1/log`, { headers: { authorization: `Bearer ${token}` } }),
  );
  for (const { status } of await Promise.all(heads)) assert.equal(status, 200);
  await server.stop();
  const exports = first.split('\n').filter((line) => line.startsWith('export '));
  const backedUp = await run([...exports, ...others].join('\n'));
  assert.equal(backedUp.match(/Restored 0 operations/g)?.length, 2);
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
