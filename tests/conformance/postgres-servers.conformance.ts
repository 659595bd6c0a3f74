import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { encodeFrames, framesMediaType, paths, type AppendedMessage } from '@dataans/core';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { fillDataFolder } from '../../packages/server/src/testing/filled-data-folder.ts';
import { envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import { requirePostgres, startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { startProcess } from '../../packages/server/src/testing/server-process.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import { findCommandBlocks } from '../docs/command-blocks.ts';
import { runProgram } from '../world/program.ts';
import { repository, serverProgram } from '../world/repository.ts';
import { createWorld } from '../world/world.ts';
import { throughPort } from './databases/pgbouncer.ts';
import {
  bucketVariables,
  headOf,
  newPlace,
  refusal,
  run,
  type Variables,
} from './databases/server-places.ts';

const postgres = await startPostgresServer(requirePostgres());
after(() => postgres.stop());

test('[SRV-105] a server moves from a data folder to PostgreSQL and S3 and back by backup and restore', async (t) => {
  const folder = await temporaryFolder(t);
  const inFolder = { DATAANS_DATA: join(folder, 'data') };
  await fillDataFolder(inFolder.DATAANS_DATA, { operations: 1_500, chunkBytes: [10, 2_000] });
  await run(`backup ${join(folder, 'backup')}`, inFolder);

  const inDatabase = await newPlace(t, postgres);
  await run(`restore ${join(folder, 'backup')}`, inDatabase);
  assert.match(
    await run('check --deep', inDatabase),
    /operations +1500.*0\nchunks +2 +2010 +0\n.*nothing is damaged/s,
  );
  const status = JSON.parse(await run('status --json', inDatabase)) as Record<string, unknown>;
  assert.deepEqual([status['operations'], status['chunks'], status['freeBytes']], [1_500, 2, null]);
  assert.match(await refusal(`restore ${join(folder, 'backup')}`, inDatabase), /has notes already/);

  const { address } = await startProcess(t, inDatabase);
  const appended = await append(address, 'after the move');
  assert.deepEqual([appended.before, appended.head], [1_500, 1_501]);
  // The backup goes on where it was, and reads from the database only what is new.
  await run(`backup ${join(folder, 'backup')}`, inDatabase);
  await run(`check ${join(folder, 'backup')}`, inDatabase);

  const back = { DATAANS_DATA: join(folder, 'back') };
  await run(`restore ${join(folder, 'backup')}`, back);
  const { address: addressBack } = await startProcess(t, back);
  assert.deepEqual(await headOf(addressBack), await headOf(address));
});

test('[SRV-105] the commands of docs/scaling.md take a server to PostgreSQL and back', async (t) => {
  const world = await createWorld(t);
  const bin = join(world.folder, 'bin');
  await mkdir(bin);
  const script = `#!/bin/sh\nexec '${process.execPath}' '${serverProgram}' "$@"\n`;
  await writeFile(join(bin, 'dataans-server'), script, { mode: 0o755 });
  const settings = Object.entries(await newPlace(t, postgres)).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(world.folder, 'database.env'), settings.join(''));
  const [data, back, backup] = ['data', 'back', 'backup'].map((name) => join(world.folder, name));
  await fillDataFolder(data ?? '', { operations: 20, chunkBytes: [10, 200_000] });
  const [, chapter = ''] = (await readFile(join(repository, 'docs', 'scaling.md'), 'utf8')).split(
    '\n## Log and tokens',
  );
  const { exitCode, stdout, stderr } = await runProgram(
    world,
    ['sh', '-eu', '-c', findCommandBlocks(chapter).join('')],
    {
      env: {
        PATH: [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
        data: data ?? '',
        back: back ?? '',
        backup: backup ?? '',
      },
      cwd: world.folder,
    },
  );
  assert.equal(exitCode, 0, stderr);
  assert.equal(stdout.match(/Restored 20 operations and 2 chunks/g)?.length, 2);
  assert.match(stdout, /good +storage +The log in postgres:/);
});

test('[SRV-25] tokens are made and revoked in the database while servers run', async (t) => {
  const place = { ...(await newPlace(t, postgres)), DATAANS_AUTH: 'token' };
  const token = (await run('token add phone', place))
    .trim()
    .split('\n')
    .find((line) => line.startsWith('dat_'));
  assert.ok(token !== undefined);
  const [one, other] = [await startProcess(t, place), await startProcess(t, place)];
  const headers = { authorization: `Bearer ${token}` };
  const statusAt = async ({ address }: { readonly address: string }) =>
    (await fetch(`${address}${paths.log}`, { headers })).status;
  assert.deepEqual([await statusAt(one), await statusAt(other)], [200, 200]);
  await run('token revoke phone', place);
  assert.deepEqual([await statusAt(one), await statusAt(other)], [401, 401]);
});

test('[SRV-103] tables are brought up to date by a command where servers must not do it', async (t) => {
  const place: Variables = { ...(await newPlace(t, postgres)), DATAANS_MIGRATE: 'off' };
  assert.match(await refusal('start', place), /Bring them up to date with: dataans-server migrate/);
  assert.match(
    await run('migrate', place),
    /^Brought the tables in postgres:.* up to date in \d+ steps?\.\n$/,
  );
  assert.match(await run('migrate', place), /are up to date\.\n$/);
  assert.equal((await headOf((await startProcess(t, place)).address)).head, 0);
  const name = new URL(place['DATAANS_DATABASE'] ?? '').pathname.slice(1);
  postgres.sql(name, 'UPDATE schema_version SET version = 99');
  assert.match(
    await refusal('start', place),
    /written by a newer dataans-server \(schema 99, this one knows \d+\)/,
  );
});

test('[SRV-102] a database that could lose what it acknowledged is refused', async (t) => {
  const careless = await startPostgresServer(requirePostgres(), ['fsync=off']);
  afterTest(t, () => careless.stop());
  const place = {
    ...bucketVariables(await startS3Server(t)),
    DATAANS_DATABASE: await careless.makeDatabase(),
  };
  assert.match(await refusal('start', place), /runs with fsync=off/);
});

test('[SRV-102] a standby is refused as well, and named as one', async (t) => {
  const place = await newPlace(t, postgres);
  await run('migrate', place);
  const standby = throughPort(place['DATAANS_DATABASE'] ?? '', await postgres.startStandby());
  assert.match(
    await refusal('start', { ...place, DATAANS_DATABASE: standby }),
    /names a standby.* Set it to the address of the primary\.\n$/,
  );
});

test('[SRV-100] the address can stand in a file, and no output shows its password', async (t) => {
  const place = await newPlace(t, postgres);
  const path = join(await temporaryFolder(t), 'address');
  await writeFile(path, `${(place['DATAANS_DATABASE'] ?? '').replace('dataans@', 'dataans:secret@')}\n`);
  const { DATAANS_DATABASE: _, ...rest } = place;
  const fromFile = { ...rest, DATAANS_DATABASE_FILE: path };
  assert.doesNotMatch(await run('config', fromFile), /secret/);
  const server = await startProcess(t, fromFile);
  assert.equal((await headOf(server.address)).head, 0);
  server.process.kill('SIGTERM');
  const { exitCode, stderr } = await server.finished;
  assert.equal(exitCode, 0);
  assert.match(stderr, /made a new log in the database/);
  assert.doesNotMatch(stderr, /secret/);
});

test('[SRV-100] a database that is away is said to be, with what to check', async (t) => {
  const place = {
    ...(await newPlace(t, postgres)),
    DATAANS_DATABASE: 'postgres://someone:secret@127.0.0.1:1/notes',
  };
  const said = await refusal('start', place);
  assert.match(
    said,
    /^Can't use the database postgres:\/\/127\.0\.0\.1:1\/notes \(.*ECONNREFUSED.*Check that/,
  );
  assert.doesNotMatch(said, /secret/);
});

async function append(address: string, label: string): Promise<AppendedMessage> {
  const answer = await fetch(`${address}${paths.operations}`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: new Uint8Array(encodeFrames(envelopeFrames(label, 1))),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  // The server's own tests hold its answers to their shapes.
  return (await answer.json()) as AppendedMessage;
}
