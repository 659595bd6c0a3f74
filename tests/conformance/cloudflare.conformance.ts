import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeFrames, framesMediaType, paths } from '@dataans/core';
import { Miniflare } from 'miniflare';
import { packForCloudflare } from '../../scripts/release/pack-for-cloudflare.ts';
import { readVersion } from '../../scripts/release/versions.ts';
import { envelopeFrame } from '../../packages/server/src/testing/frames.ts';
import { instancePath } from '../cloudflare/instance-path.ts';
import { createHeadReader } from '../cloudflare/head-reader.ts';
import { readDeployed, startWorker, token, workerOptions } from '../cloudflare/worker-under-test.ts';
import { createDevice, joinAccount, makeAccount } from '../world/device.ts';
import { filesBelow } from '../world/folder-digest.ts';
import { runProgram, type ProgramOptions } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

/** The runtime lets an object sleep that nobody has asked anything for ten seconds, and says so to no one. */
const asleepAfterMs = 13_000;

/** What somebody unpacks who was given the release. */
async function unpack(world: World): Promise<string> {
  const [work, folder] = [join(world.folder, 'work'), join(world.folder, 'deployed')];
  await runDone(world, ['mkdir', work, folder]);
  const packed = await packForCloudflare(readVersion(repository), work, world.folder);
  await runDone(world, ['tar', '-xzf', packed, '-C', folder, '--strip-components=1']);
  return folder;
}

async function runDone(
  world: World,
  command: readonly string[],
  { cwd = world.folder, env = {} }: Pick<ProgramOptions, 'cwd' | 'env'> = {},
): Promise<string> {
  const outcome = await runProgram(world, command, { cwd, env });
  assert.equal(outcome.exitCode, 0, outcome.stderr + outcome.stdout);
  return outcome.stdout;
}

/** The released Worker, with a token made as its guide says. */
async function startReleased(world: World, folder: string) {
  const printed = await runDone(world, [process.execPath, join(folder, 'new-token.mjs'), 'laptop']);
  const [made = '', setting = ''] = [/^dat_.*$/m, /^laptop=.*$/m].map((line) => line.exec(printed)?.[0]);
  const deployed = await readDeployed(join(folder, 'wrangler.jsonc'));
  const miniflare = new Miniflare({
    ...workerOptions(deployed, join(folder, deployed.main), join(folder, deployed.assets.directory)),
    durableObjects: { ACCOUNTS: { className: 'AccountObject', useSQLite: true } },
    bindings: { DATAANS_AUTH: 'token', DATAANS_TOKENS: setting },
    cf: false,
    handleRuntimeStdio: () => {},
  });
  world.defer(() => miniflare.dispose());
  const address = String(await miniflare.ready).replace(/\/$/, '');
  return { address, token: made };
}

test('[SRV-130] a note and a file reach a second device through the released Worker, and the app is there', async (t) => {
  const world = await createWorld(t);
  const { address, token: made } = await startReleased(world, await unpack(world));
  const page = await fetch(`${address}/`);
  assert.equal(page.url, `${address}/app/`);
  const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
  assert.equal((await fetch(new URL(script, page.url))).status, 200);

  const env = { DATAANS_TOKEN: made };
  const [first, second] = ['first', 'second'].map((name) => createDevice(world, name, { env }));
  assert.ok(first !== undefined && second !== undefined);
  const [picture, content] = [join(world.folder, 'picture.bin'), Buffer.alloc(1_500_000, 'dataans')];
  await writeFile(picture, content);
  const passphrase = await makeAccount(first, address);
  await first.done(['space', 'add', 'Inbox']);
  await first.done(['note', 'add', 'carried by a Worker', '--space', 'Inbox', '--file', picture]);
  await first.done(['sync']);
  await joinAccount(second, address, passphrase);
  await second.done(['sync']);
  const out = join(world.folder, 'out');
  await second.done(['export', out]);
  const files = await Promise.all((await filesBelow(out)).map((path) => readFile(path)));
  assert.ok(files.some((file) => file.includes('carried by a Worker')));
  assert.ok(files.some((file) => file.equals(content)));
});

test('wrangler takes the released Worker for a deployment as it stands, with nothing but its program', async (t) => {
  const world = await createWorld(t);
  const folder = await unpack(world);
  // As the machine has it set up, with its registry and certificates.
  const here = { cwd: folder, env: process.env as Readonly<Record<string, string>> };
  await runDone(world, ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts'], here);
  const said = await runDone(world, ['npx', 'wrangler', 'deploy', '--dry-run', '--outdir', 'out'], here);
  assert.match(said, /env\.ACCOUNTS \(AccountObject\)/);
  assert.match(said, /env\.CHUNKS \(dataans-chunks\)/);
  const [, compressed] = /gzip: ([\d.]+) KiB/.exec(said) ?? [];
  assert.ok(Number(compressed) < 100, said);
});

test('[SRV-132] an object sleeps while a device listens, and wakes to tell it of what is stored', async (t) => {
  const world = await createWorld(t);
  const worker = await startWorker(world, { settings: {}, answer: async () => new Response(null) });
  const headers = { authorization: `Bearer ${token}` };
  const readHead = createHeadReader(await fetch(worker.address + paths.events, { headers }));
  assert.equal(await readHead(), 0);
  const instance = async () => (await fetch(worker.address + instancePath)).text();
  const awake = await instance();
  await wait(asleepAfterMs);
  const appended = await fetch(worker.address + paths.operations, {
    method: 'POST',
    headers: { ...headers, 'content-type': framesMediaType },
    // A new array, whose buffer nobody shares.
    body: encodeFrames([envelopeFrame('after its sleep')]) as Uint8Array<ArrayBuffer>,
  });
  assert.equal(appended.status, 200);
  assert.notEqual(await instance(), awake);
  assert.equal(await readHead(), 1);
});
