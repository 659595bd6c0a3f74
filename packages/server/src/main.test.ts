import assert from 'node:assert/strict';
import { chmod, open, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encodeFrames, framesMediaType, paths } from '@dataans/core';
import * as v from 'valibot';
import { nameOf, patternBytes } from './chunks/chunk-store.contract.ts';
import { envelopeFrames } from './testing/frames.ts';
import { connectRaw, requestHead } from './testing/raw-connection.ts';
import { runCommand, startProcess } from './testing/server-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { afterTest } from './testing/after-test.ts';

const hasNoFull = process.platform !== 'linux' && '/dev/full is Linux’s';

test('[SRV-32] start prints its address alone on stdout, logs to stderr, and exits with 0 when told to stop', async (t) => {
  const server = await startProcess(t, { DATAANS_DATA: await temporaryFolder(t) });
  assert.match(server.address, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(server.address + paths.log)).status, 200);
  server.process.kill('SIGTERM');
  const { exitCode, stdout, stderr } = await server.finished;
  assert.equal(exitCode, 0);
  assert.equal(stdout, `${server.address}\n`);
  const messages = stderr
    .trim()
    .split('\n')
    .map((line) => v.parse(v.object({ msg: v.string() }), JSON.parse(line)).msg);
  assert.deepEqual(messages, ['made a new data folder', 'started', 'signed in', 'stopping', 'stopped']);
});

test(
  '[SRV-42] a server whose log cannot be written answers as ever, and exits with 0 when told to stop',
  { skip: hasNoFull },
  async (t) => {
    const full = await openFull(t);
    const server = await startProcess(t, { DATAANS_DATA: await temporaryFolder(t) }, full);
    for (const path of [paths.log, '/health', '/v1/nothing'])
      assert.equal((await fetch(server.address + path)).ok, path !== '/v1/nothing');
    server.process.kill('SIGTERM');
    assert.equal((await server.finished).exitCode, 0);
  },
);

test(
  '[SRV-43] a command whose output cannot be written says so and exits with 1, and leaves no token behind',
  { skip: hasNoFull },
  async (t) => {
    const full = await openFull(t);
    const folder = { DATAANS_DATA: await temporaryFolder(t) };
    for (const words of [['config'], ['token', 'add', 'phone'], ['--help']]) {
      const { exitCode, stderr } = await runCommand(words, folder, { stdout: full });
      assert.equal(exitCode, 1, stderr);
      assert.match(
        stderr,
        /couldn't be written in full \(ENOSPC[^\n]*\. Check where it goes, then run the command again\.\n$/,
      );
    }
    assert.match((await runCommand(['token', 'list'], folder)).stdout, /phone +revoked/);
  },
);

test('[SRV-73] health ends with 0 beside a server that works, and says what to do where none answers', async (t) => {
  const {
    address,
    process: server,
    finished,
  } = await startProcess(t, { DATAANS_DATA: await temporaryFolder(t) });
  const settings = { DATAANS_PORT: new URL(address).port };
  const well = await runCommand(['health'], settings);
  assert.deepEqual([well.exitCode, well.stderr], [0, '']);
  assert.match(well.stdout, /"status":"ok"/);
  for (const host of ['0.0.0.0', 'localhost'])
    assert.equal((await runCommand(['health'], { ...settings, DATAANS_HOST: host })).exitCode, 0, host);
  server.kill('SIGTERM');
  await finished;
  const gone = await runCommand(['health'], settings);
  assert.deepEqual([gone.exitCode, gone.stdout], [1, '']);
  assert.match(gone.stderr, /^No server answered at http:\/\/127\.0\.0\.1:\d+\/health \(.*\)\. Start it/);
});

test('[SRV-74] a server that takes tokens and has none says how to make one, and is silent when there is one', async (t) => {
  const settings = { DATAANS_DATA: await temporaryFolder(t), DATAANS_AUTH: 'token' };
  const logOfAStart = async (): Promise<string> => {
    const server = await startProcess(t, settings);
    server.process.kill('SIGTERM');
    return (await server.finished).stderr;
  };
  assert.match(await logOfAStart(), /"warn".*"run":"dataans-server token add NAME"/);
  await runCommand(['token', 'add', 'laptop'], settings);
  assert.doesNotMatch(await logOfAStart(), /token add/);
});

test('[SRV-45] the first command for tokens in a folder says that there were none, and later ones do not', async (t) => {
  const folder = { DATAANS_DATA: await temporaryFolder(t) };
  const first = await runCommand(['token', 'add', 'phone'], folder);
  assert.match(first.stderr, /^There were no tokens in .* yet\. .* disk is mounted\.\nCreated token “phone”/);
  assert.doesNotMatch((await runCommand(['token', 'add', 'laptop'], folder)).stderr, /no tokens/);
});

test('[SRV-32] the second signal ends the server at once', async (t) => {
  const server = await startProcess(t, { DATAANS_DATA: await temporaryFolder(t) });
  const raw = await connectRaw(t, server.address);
  raw.write(
    requestHead(server.address, 'PUT', paths.chunk(nameOf(new Uint8Array())), { 'content-length': 9 }),
  );
  raw.write('x');
  await fetch(server.address + paths.log);
  const stopping = new Promise((resolve) =>
    server.process.stderr?.on('data', (text: string) => text.includes('stopping') && resolve(null)),
  );
  server.process.kill('SIGTERM');
  await stopping;
  server.process.kill('SIGTERM');
  assert.equal((await server.finished).exitCode, 1);
});

test('[SRV-10] [SRV-21] what was acknowledged is there after the server was killed, and its folder is free', async (t) => {
  const folder = { DATAANS_DATA: await temporaryFolder(t) };
  const killed = await startProcess(t, folder);
  const frames = encodeFrames(envelopeFrames('operation', 500));
  const chunk = new Uint8Array(patternBytes(300_000));
  const headers = { 'content-type': framesMediaType };
  await fetch(killed.address + paths.operations, { method: 'POST', headers, body: new Uint8Array(frames) });
  await fetch(killed.address + paths.chunk(nameOf(chunk)), { method: 'PUT', body: chunk });
  killed.process.kill('SIGKILL');
  await killed.finished;

  const { address } = await startProcess(t, folder);
  const page = await fetch(`${address}${paths.operations}?after=0`);
  assert.deepEqual(new Uint8Array(await page.arrayBuffer()), frames);
  assert.equal((await fetch(address + paths.chunk(nameOf(chunk)), { method: 'HEAD' })).status, 200);
  assert.equal((await runCommand(['check'], folder)).exitCode, 0);
});

test('[SRV-34] [SRV-37] [SRV-45] backup copies a folder that a server runs on, and restore makes a folder of it that a server runs on', async (t) => {
  const folder = await temporaryFolder(t);
  const data = { DATAANS_DATA: join(folder, 'data') };
  const restored = { DATAANS_DATA: join(folder, 'restored') };
  const backup = join(folder, 'backup');
  const server = await startProcess(t, data);
  const frames = encodeFrames(envelopeFrames('operation', 500));
  const headers = { 'content-type': framesMediaType };
  await fetch(server.address + paths.operations, { method: 'POST', headers, body: new Uint8Array(frames) });

  const made = await runCommand(['backup', backup], data);
  assert.equal(made.exitCode, 0);
  assert.match(made.stderr, /^There was no backup in .* yet, .* check that its disk is mounted\.\n$/);
  const again = await runCommand(['backup', backup], data);
  assert.deepEqual([again.exitCode, again.stderr], [0, '']);
  assert.match(made.stdout, /has 500 operations and 0 chunks/);
  const refused = await runCommand(['restore', backup], data);
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr, /^The data folder .* isn't empty\. .*DATAANS_DATA.*\n$/);
  const done = await runCommand(['restore', backup, '--json'], restored);
  assert.deepEqual([done.exitCode, done.stderr], [0, '']);
  assert.match(done.stdout, /"ok": true/);

  const { address } = await startProcess(t, restored);
  const page = await fetch(`${address}${paths.operations}?after=0`);
  assert.deepEqual(new Uint8Array(await page.arrayBuffer()), frames);
});

test('[SRV-21] a second process on the same folder is refused in a sentence', async (t) => {
  const folder = { DATAANS_DATA: await temporaryFolder(t) };
  await startProcess(t, folder);
  const second = await runCommand(['start'], { ...folder, DATAANS_PORT: '0' });
  assert.equal(second.exitCode, 1);
  assert.match(second.stderr, /^Another dataans-server is using this data folder\. .*\.\n$/);
  assert.equal(second.stdout, '');
});

test('[SRV-25] token add, list and revoke work while the server runs', async (t) => {
  const variables = { DATAANS_DATA: await temporaryFolder(t), DATAANS_AUTH: 'token' };
  const { address } = await startProcess(t, variables);
  const added = await runCommand(['token', 'add', 'phone'], variables);
  const headers = { authorization: `Bearer ${added.stdout.trim()}` };
  assert.equal((await fetch(address + paths.session, { headers })).status, 200);
  const listed = await runCommand(['token', 'list', '--json'], variables);
  assert.match(listed.stdout, /"state": "in force"/);
  assert.equal((await runCommand(['token', 'revoke', 'phone'], variables)).exitCode, 0);
  const refused = await fetch(address + paths.session, { headers });
  assert.match(await refused.text(), /"code":"unauthorized".*revoked/);
});

test('[SRV-30] a port that is taken is said so in a sentence', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  afterTest(t, () => taken.close());
  await once(taken, 'listening');
  const address = taken.address();
  assert.ok(address !== null && typeof address === 'object');
  const variables = { DATAANS_DATA: await temporaryFolder(t), DATAANS_PORT: String(address.port) };
  const { exitCode, stderr } = await runCommand(['start'], variables);
  assert.equal(exitCode, 1);
  assert.match(stderr, /\nPort \d+ on 127\.0\.0\.1 is already in use\. .*DATAANS_PORT.*\n$/);
});

test('[SRV-23] start on every address with nothing configured is refused with what to set', async (t) => {
  const variables = { DATAANS_DATA: await temporaryFolder(t), DATAANS_HOST: '0.0.0.0' };
  const { exitCode, stderr, stdout } = await runCommand(['start'], variables);
  assert.equal(exitCode, 2);
  assert.match(stderr, /Set DATAANS_AUTH/);
  assert.equal(stdout, '');
});

test('[SRV-30] config prints what is in force and where it was set', async (t) => {
  const file = join(await temporaryFolder(t), 'dataans.json');
  await writeFile(file, '{"DATAANS_PORT": 9000}');
  const printed = await runCommand(['config', '--json'], {
    DATAANS_CONFIG: file,
    DATAANS_PUBLIC_URL: 'https://notes.example.org',
  });
  const config = v.parse(v.record(v.string(), v.unknown()), JSON.parse(printed.stdout));
  assert.deepEqual(config['DATAANS_PORT'], { value: 9000, source: file });
  assert.deepEqual(config['DATAANS_PUBLIC_URL'], {
    value: 'https://notes.example.org',
    source: 'environment',
  });
  const table = await runCommand(['config', '--config', file], {});
  assert.match(table.stdout, /^DATAANS_PORT +9000 +\//m);
});

test('[SRV-21] a data folder that cannot be made is said so in a sentence', async (t) => {
  const file = join(await temporaryFolder(t), 'file');
  await writeFile(file, '');
  await chmod(file, 0o600);
  const { exitCode, stderr } = await runCommand(['start'], { DATAANS_DATA: join(file, 'below') });
  assert.equal(exitCode, 1);
  assert.match(stderr, /^Can't use the data folder .*set DATAANS_DATA.*\n$/);
});

test('wrong words exit with 2, help with 0', async () => {
  assert.equal((await runCommand(['strat'], {})).exitCode, 2);
  const help = await runCommand(['--help'], {});
  assert.equal(help.exitCode, 0);
  assert.match(help.stdout, /^Usage: dataans-server COMMAND/);
});

/** A file on which no space is left. */
async function openFull(t: TestContext): Promise<number> {
  const file = await open('/dev/full', 'w');
  afterTest(t, () => file.close());
  return file.fd;
}
