import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { remoteVariables } from '../../packages/server/src/config/remote-place.ts';
import { workerOptionNames } from '../../packages/server/src/worker/read-settings.ts';
import { runProgram } from '../world/program.ts';
import { repository, serverProgram } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { findSettingBlocks } from './setting-blocks.ts';

const read = (document: string): Promise<string> => readFile(join(repository, document), 'utf8');

async function serverOptions(world: World): Promise<readonly string[]> {
  const { stdout } = await runProgram(world, [process.execPath, serverProgram, 'config', '--json']);
  return Object.keys(JSON.parse(stdout) as object);
}

test('every setting that docs/operating.md names is one of the server, its commands or the command line', async (t) => {
  const world = await createWorld(t);
  const ofTheCommandLine = (await read('docs/cli.md')).match(/DATAANS_[A-Z_]+/g) ?? [];
  const known = new Set([
    ...(await serverOptions(world)),
    'DATAANS_CONFIG',
    ...remoteVariables,
    ...ofTheCommandLine,
  ]);
  const named = (await read('docs/operating.md')).match(/DATAANS_[A-Z_]+\b/g) ?? [];
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.filter((name) => !known.has(name)),
    [],
  );
});

test('every setting in the files of deploy is one of the server, or of a Worker and what backs it up', async (t) => {
  const ofServer = new Set([...(await serverOptions(await createWorld(t))), 'DATAANS_CONFIG']);
  const ofWorker = new Set([...workerOptionNames, ...remoteVariables]);
  const files = (await readdir(join(repository, 'deploy'), { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  );
  for (const { parentPath, name } of files) {
    const known = parentPath.endsWith('cloudflare') ? ofWorker : ofServer;
    const named = (await readFile(join(parentPath, name), 'utf8')).match(/DATAANS_[A-Z_]+\b/g) ?? [];
    assert.deepEqual(
      named.filter((setting) => !known.has(setting)),
      [],
      name,
    );
  }
});

test('the server starts where every variable is set that docs/cli.md names for the command line', async (t) => {
  const world = await createWorld(t);
  const names = new Set((await read('docs/cli.md')).match(/DATAANS_[A-Z_]+\b/g) ?? []);
  const own = new Set(await serverOptions(world));
  const env = Object.fromEntries([...names].filter((name) => !own.has(name)).map((name) => [name, 'x']));
  assert.ok('DATAANS_TOKEN' in env);
  const { exitCode, stderr } = await runProgram(world, [process.execPath, serverProgram, 'config'], { env });
  assert.equal(exitCode, 0, stderr);
});

test('every option of the server is explained in docs/operating.md or docs/auth.md', async (t) => {
  const explained = (await read('docs/operating.md')) + (await read('docs/auth.md'));
  const options = await serverOptions(await createWorld(t));
  assert.ok(options.includes('DATAANS_ACCESS_TEAM'));
  assert.deepEqual(
    options.filter((name) => !explained.includes(`\`${name}\``)),
    [],
  );
});

test('a server starts with each block of settings in the documents, and lets in nobody unasked', async (t) => {
  const world = await createWorld(t);
  const blocks = findSettingBlocks((await read('docs/operating.md')) + (await read('docs/auth.md')));
  assert.deepEqual(
    new Set(blocks.map((block) => block['DATAANS_AUTH'])),
    new Set(['cloudflare-access', 'token', 'trusted-header', 'jwt']),
  );
  for (const [index, block] of blocks.entries()) {
    const file = join(world.folder, `${index}.json`);
    await writeFile(file, JSON.stringify(block)); // A name in a file that is no option is refused.
    const server = await startServer(world, { name: `server-${index}`, env: { DATAANS_CONFIG: file } });
    assert.equal((await fetch(`${server.address}/health`)).status, 200);
    const { status } = await fetch(`${server.address}/v1/log`);
    assert.ok(status === 401 || status === 403, String(status));
    await server.stop();
  }
});
