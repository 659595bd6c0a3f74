import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { requirePostgres, startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { crashSeveralServers } from '../crash/several-servers-crashes.ts';
import { createChance } from '../world/chance.ts';
import { runProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { sharedStorageVariable, type SharedStorage } from '../world/several-servers.ts';
import { createWorld } from '../world/world.ts';
import { bucketVariables } from './databases/server-places.ts';

const postgres = await startPostgresServer(requirePostgres());
after(() => postgres.stop());

test('[SRV-101] three servers of which one is killed, a database that restarts and a bucket that hangs lose nothing acknowledged', async (t) => {
  const bucket = await startS3Server(t);
  const operations = await crashSeveralServers(await createWorld(t), {
    postgres,
    bucket,
    bucketSettings: bucketVariables(bucket),
    chance: createChance('1'),
    rounds: 1,
  });
  t.diagnostic(`${operations} operations`);
});

/** Suites that speak to a server by its address alone: what they prove of one is as true of several. A share of each, for time. */
const suites: Readonly<Record<string, string>> = {
  'tests/end-to-end/at-once.test.ts': 'sync --watch',
  'tests/dishonest/dishonest.test.ts': 'the log|piece of a file',
};

for (const [suite, share] of Object.entries(suites))
  test(`[SRV-101] three servers in turn do for devices what one does: ${suite}`, async (t) => {
    const bucket = bucketVariables(await startS3Server(t));
    const address = `postgres://dataans@127.0.0.1:${postgres.port}/postgres`;
    const storage: SharedStorage = { postgres: address, bucket };
    const { exitCode, stdout } = await runProgram(
      await createWorld(t),
      [process.execPath, '--test', `--test-name-pattern=${share}`, suite],
      {
        cwd: repository,
        env: { PATH: process.env['PATH'] ?? '', [sharedStorageVariable]: JSON.stringify(storage) },
      },
    );
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^ℹ pass [1-9]/m);
  });
