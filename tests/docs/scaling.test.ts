import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fillDataFolder } from '../../packages/server/src/testing/filled-data-folder.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { runProgram } from '../world/program.ts';
import { repository, serverProgram } from '../world/repository.ts';
import { createWorld } from '../world/world.ts';
import { findCommandBlocks } from './command-blocks.ts';

test('[SRV-93] the commands of docs/scaling.md take a server to a bucket and back', async (t) => {
  const world = await createWorld(t);
  const { place, bytesByKey } = await startS3Server(t);
  const [bin, old] = [join(world.folder, 'bin'), join(world.folder, 'old')];
  await mkdir(bin);
  await writeFile(
    join(bin, 'dataans-server'),
    `#!/bin/sh\nexec '${process.execPath}' '${serverProgram}' "$@"\n`,
  );
  await chmod(join(bin, 'dataans-server'), 0o755);
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
  // The rest takes a PostgreSQL, and is proved with one.
  const [markdown = ''] = (await readFile(join(repository, 'docs', 'scaling.md'), 'utf8')).split(
    '\n## Log and tokens',
  );
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
