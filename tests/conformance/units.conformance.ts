import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

const source = join(repository, 'deploy/systemd');
const scoreMax = 2;

test('systemd finds nothing to complain of in the units, and little that a service could do to the machine', async (t) => {
  const world = await createWorld(t);
  const units = await copyUnits(world);
  assert.ok(units.length >= 3);
  const verified = await runProgram(world, ['systemd-analyze', 'verify', '--man=no', ...units]);
  assert.deepEqual([verified.exitCode, verified.stderr], [0, '']);
  for (const unit of units.filter((path) => path.endsWith('.service'))) {
    const { stdout } = await runProgram(world, ['systemd-analyze', 'security', '--offline=true', unit]);
    const score = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    assert.ok(score < scoreMax, `${unit}: ${score}`);
  }
});

test('the server may write to the folder that the nightly backup goes to, and that the package makes', async () => {
  const read = (path: string): Promise<string> => readFile(join(repository, 'deploy', path), 'utf8');
  const nightly = /^ExecStart=.* (\/\S+)$/m.exec(await read('systemd/dataans-backup.service'))?.[1] ?? '?';
  assert.match(await read('systemd/dataans-backup.service'), new RegExp(`^ReadWritePaths=${nightly}$`, 'm'));
  assert.match(await read('systemd/dataans-server.service'), new RegExp(`^ReadWritePaths=-${nightly}$`, 'm'));
  assert.match(await read('debian/tmpfiles.conf'), new RegExp(`^d ${nightly} 0700 dataans-server `, 'm'));
});

/** The same, with a program that is on this machine. */
async function copyUnits(world: World): Promise<readonly string[]> {
  const folder = join(world.folder, 'units');
  await mkdir(folder);
  const program = join(world.folder, 'dataans-server');
  await writeFile(program, '#!/bin/sh\n');
  await chmod(program, 0o755);
  const names = await readdir(source);
  for (const name of names) {
    const unit = await readFile(join(source, name), 'utf8');
    await writeFile(join(folder, name), unit.replaceAll('/usr/bin/dataans-server', program));
  }
  return names.map((name) => join(folder, name));
}
