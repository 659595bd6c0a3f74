import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import {
  chainFrames,
  decodeFrames,
  encodeFrames,
  framesMediaType,
  paths,
  startChain,
  bytesToHex,
  type AppendedMessage,
  type LogMessage,
} from '@dataans/core';
import { s3PlaceToUrl } from '../../packages/server/src/chunks/chunk-place.ts';
import { sha256 } from '../../packages/server/src/hash.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { fillDataFolder } from '../../packages/server/src/testing/filled-data-folder.ts';
import { envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import {
  findPostgres,
  startPostgresServer,
  type PostgresServer,
} from '../../packages/server/src/testing/postgres-server.ts';
import { startS3Server, type S3Server } from '../../packages/server/src/testing/s3-server.ts';
import { runCommand, startProcess } from '../../packages/server/src/testing/server-process.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import { findCommandBlocks } from '../docs/command-blocks.ts';
import { runProgram } from '../world/program.ts';
import { repository, serverProgram } from '../world/repository.ts';
import { createWorld } from '../world/world.ts';

let postgres: PostgresServer;

before(async () => {
  postgres = await startPostgresServer(requirePrograms());
});

after(() => postgres.stop());

function requirePrograms(): string {
  const programs = findPostgres();
  assert.ok(programs !== null, 'PostgreSQL is not installed.');
  return programs;
}

type Variables = Readonly<Record<string, string>>;

function bucketVariables({ place }: S3Server): Variables {
  return {
    DATAANS_CHUNKS: s3PlaceToUrl(place),
    DATAANS_S3_ENDPOINT: place.endpoint.origin,
    DATAANS_S3_REGION: place.region,
    DATAANS_S3_KEY_ID: place.keyId,
    DATAANS_S3_SECRET: place.secret,
  };
}

/** The settings of a server with an empty database and an empty bucket. */
async function newPlace(t: TestContext): Promise<Variables> {
  return { ...bucketVariables(await startS3Server(t)), DATAANS_DATABASE: await postgres.makeDatabase() };
}

async function run(words: string, variables: Variables): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand(words.split(' '), variables);
  assert.equal(exitCode, 0, `${words}: ${stderr}`);
  return stdout;
}

async function refusal(words: string, variables: Variables): Promise<string> {
  const { exitCode, stderr } = await runCommand(words.split(' '), variables);
  assert.notEqual(exitCode, 0);
  return stderr;
}

async function headOf(address: string) {
  // The server's own tests hold its answers to their shapes.
  return (await (await fetch(`${address}${paths.log}`)).json()) as LogMessage;
}

test('[SRV-105] a server moves from a data folder to PostgreSQL and S3 and back by backup and restore', async (t) => {
  const folder = await temporaryFolder(t);
  const inFolder = { DATAANS_DATA: join(folder, 'data') };
  await fillDataFolder(inFolder.DATAANS_DATA, { operations: 1_500, chunkBytes: [10, 2_000] });
  await run(`backup ${join(folder, 'backup')}`, inFolder);

  const inDatabase = await newPlace(t);
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
  const settings = Object.entries(await newPlace(t)).map(([name, value]) => `${name}=${value}\n`);
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
  const place = { ...(await newPlace(t)), DATAANS_AUTH: 'token' };
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
  const place: Variables = { ...(await newPlace(t)), DATAANS_MIGRATE: 'off' };
  assert.match(await refusal('start', place), /Bring them up to date with: dataans-server migrate/);
  assert.match(await run('migrate', place), /^Brought the tables in postgres:.* up to date in 1 step\.\n$/);
  assert.match(await run('migrate', place), /are up to date\.\n$/);
  assert.equal((await headOf((await startProcess(t, place)).address)).head, 0);
  const name = new URL(place['DATAANS_DATABASE'] ?? '').pathname.slice(1);
  postgres.sql(name, 'UPDATE schema_version SET version = 99');
  assert.match(
    await refusal('start', place),
    /written by a newer dataans-server \(schema 99, this one knows 1\)/,
  );
});

test('[SRV-102] a database that could lose what it acknowledged is refused', async (t) => {
  const careless = await startPostgresServer(requirePrograms(), ['fsync=off']);
  afterTest(t, () => careless.stop());
  const place = {
    ...bucketVariables(await startS3Server(t)),
    DATAANS_DATABASE: await careless.makeDatabase(),
  };
  assert.match(await refusal('start', place), /runs with fsync=off/);
});

test('[SRV-100] the address can stand in a file, and no output shows its password', async (t) => {
  const place = await newPlace(t);
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
  const place = { ...(await newPlace(t)), DATAANS_DATABASE: 'postgres://someone:secret@127.0.0.1:1/notes' };
  const said = await refusal('start', place);
  assert.match(
    said,
    /^Can't use the database postgres:\/\/127\.0\.0\.1:1\/notes \(.*ECONNREFUSED.*Check that/,
  );
  assert.doesNotMatch(said, /secret/);
});

async function append(address: string, label: string) {
  const answer = await tryAppend(address, label);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as AppendedMessage;
}

function tryAppend(address: string, label: string): Promise<Response> {
  return fetch(`${address}${paths.operations}`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: new Uint8Array(encodeFrames(envelopeFrames(label, 1))),
  });
}

test('[SRV-101] with servers killed and the database restarted, nothing acknowledged is lost', async (t) => {
  const place = await newPlace(t);
  const servers = [await startProcess(t, place), await startProcess(t, place), await startProcess(t, place)];
  const proxy = await startProxy(
    t,
    servers.map(({ address }) => address),
  );
  const acknowledged = new Set<string>();
  const failures = new Set<number>();
  const write = async (label: string): Promise<void> => {
    for (;;) {
      const answer = await tryAppend(proxy, label).catch(() => null);
      if (answer?.ok === true) return void acknowledged.add(label);
      if (answer !== null) failures.add(answer.status);
    }
  };
  const writeMany = (round: string) =>
    Promise.all(
      ['a', 'b', 'c', 'd'].map(async (writer) => {
        for (let number = 0; number < 10; number += 1) await write(`${round} ${writer} ${number}`);
      }),
    );

  await writeMany('all well');
  const whileKilled = writeMany('one is killed');
  servers[0]?.process.kill('SIGKILL');
  await whileKilled;
  const whileRestarted = writeMany('the database restarts');
  await postgres.restart();
  await whileRestarted;

  // A gateway has no answer of a server that was killed; no server of ours said 500.
  assert.deepEqual(
    [...failures].filter((status) => status !== 502 && status !== 503),
    [],
  );
  const address = servers[1]?.address ?? '';
  const { log, head, chain } = await headOf(address);
  const page = await fetch(`${address}${paths.operations}?after=0`);
  const decoded = decodeFrames(new Uint8Array(await page.arrayBuffer()));
  assert.ok(decoded.ok);
  const ids = new Set(decoded.frames.map(({ id }) => bytesToHex(id)));
  assert.equal(acknowledged.size, 120);
  assert.equal(head, 120);
  for (const label of acknowledged)
    for (const { id } of envelopeFrames(label, 1)) assert.ok(ids.has(bytesToHex(id)), label);
  const chains = chainFrames(sha256, startChain(sha256, log), decoded.frames);
  assert.equal(bytesToHex(chains.at(-1) ?? new Uint8Array()), chain);
  assert.match(await run('check', place), /nothing is damaged/i);
});

/** Hands requests to the servers in turn, and answers 502 for one that is not there. */
async function startProxy(t: TestContext, addresses: readonly string[]): Promise<string> {
  let turn = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    turn += 1;
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://proxy');
    const url = new URL(`${addresses[turn % addresses.length]}${pathname}${search}`);
    const headers = { ...incoming.headers, host: url.host };
    const passed = request(url, { method: incoming.method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    passed.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(passed);
  };
  const proxy = createServer(pass);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  afterTest(t, () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}`;
}
