import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { repositoryFiles } from '../../scripts/check/source-files.ts';
import { findCommandBlocks } from '../docs/command-blocks.ts';
import { runProgram, startProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

/** What `npm start` installs if the machine has a recent Node, and one of 211 MB comes with it if not. */
const installedBytesMax = 90_000_000;

interface Clone {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

test('the commands for a clone in README.md and docs/operating.md work one after the other in a fresh one', async (t) => {
  const world = await createWorld(t);
  const clone = await makeClone(world);
  for (const [index, document] of ['README.md', 'docs/operating.md'].entries()) {
    const blocks = findCommandBlocks(await readFile(join(repository, document), 'utf8'), 'in-a-clone');
    assert.ok(blocks.length >= 2, document);
    for (const block of blocks) {
      await runBlock(world, clone, block);
      if (index === 0 && block === blocks[0]) await afterTheFirstStart(clone);
    }
  }
  const version = await runProgram(world, ['dataans-server', '--version'], { env: clone.env });
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});

/** Looks at what was installed, and spares the proof to fetch what the rest needs: it is here already, by the same lock. */
async function afterTheFirstStart({ folder }: Clone): Promise<void> {
  const installed = join(folder, 'node_modules');
  const bytes = await bytesBelow(installed);
  assert.ok(bytes < installedBytesMax, `${bytes} bytes`);
  await rm(installed, { recursive: true });
  await cp(join(repository, 'node_modules'), installed, { recursive: true, verbatimSymlinks: true });
}

/** Line by line. What runs a server is stopped once it listens. */
async function runBlock(world: World, { folder, env }: Clone, block: string): Promise<void> {
  let exported = '';
  for (const line of block.trim().split('\n')) {
    if (line.startsWith('set -a')) exported += `${line}\n`;
    else if (/\bstart\b/.test(line)) await serve(`${exported}${line}`);
    else await finish(line);
  }

  async function serve(commands: string): Promise<void> {
    const server = startProgram(world, ['sh', '-eu', '-c', commands], { cwd: folder, env, isGroup: true });
    const address = await server.waitForLine((line) => line.startsWith('http://'));
    assert.match(await (await fetch(address)).text(), /<title>Dataans<\/title>/, commands);
    server.kill('SIGINT');
    await server.ended;
  }

  async function finish(command: string): Promise<void> {
    const ended = await runProgram(world, ['sh', '-eu', '-c', command], { cwd: folder, env });
    assert.equal(ended.exitCode, 0, `${command}\n${ended.stdout}${ended.stderr}`);
  }
}

/** What git would bring, in a folder with nothing else; and a place of its own for what is installed globally. */
async function makeClone(world: World): Promise<Clone> {
  const folder = join(world.folder, 'clone');
  for (const path of repositoryFiles(repository)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(repository, path), join(folder, path), { verbatimSymlinks: true });
  }
  await writeFile(join(folder, 'dataans.env'), 'DATAANS_LOG_FORMAT=text\n');
  const prefix = join(world.folder, 'prefix');
  // A Node that is the machine's own, and not the one of a repository.
  const node = join(world.folder, 'node/bin');
  await mkdir(node, { recursive: true });
  await cp(process.execPath, join(node, 'node'));
  const elsewhere = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((path) => !path.includes('node_modules'));
  return {
    folder,
    env: {
      PATH: [join(prefix, 'bin'), node, ...elsewhere].join(delimiter),
      DATAANS_PORT: '0',
      npm_config_prefix: prefix,
      // How this machine reaches the registry.
      npm_config_userconfig: join(homedir(), '.npmrc'),
      npm_config_cache: join(homedir(), '.npm'),
      npm_config_update_notifier: 'false',
    },
  };
}

async function bytesBelow(folder: string): Promise<number> {
  assert.ok(existsSync(folder));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await lstat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
