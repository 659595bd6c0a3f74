import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildDebianPackage } from '../../scripts/release/debian-package.ts';
import { readVersion } from '../../scripts/release/versions.ts';
import { carryANote } from '../release/carry-a-note.ts';
import { buildOneFilePrograms } from '../release/install-programs.ts';
import { runProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

test('the Debian package installs, carries a note, is removed and leaves the data, and is the same bytes if built twice', async (t) => {
  const world = await createWorld(t);
  const programs = await buildOneFilePrograms(world);
  const [program = ''] = programs.server;
  const built = await build(world, program);
  assert.ok((await readFile(built)).equals(await readFile(await build(world, program))));

  const root = await makeEmptyDebian(world);
  const dpkg = async (...args: readonly string[]): Promise<string> => {
    // Nothing is in that Debian: what the package depends on is not looked for, and its scripts run from outside.
    const chrootless = ['--force-depends', '--force-script-chrootless'];
    const command = [
      'dpkg',
      `--root=${root}`,
      `--log=${join(world.folder, 'dpkg.log')}`,
      ...chrootless,
      ...args,
    ];
    const { exitCode, stdout, stderr } = await runProgram(world, command, { env: { PATH: debianPath } });
    assert.equal(exitCode, 0, stderr);
    return stdout;
  };
  assert.match(await dpkg('--install', built), /To start the server: systemctl enable --now dataans-server/);
  const installed = join(root, 'usr/bin/dataans-server');
  await carryANote(world, { ...programs, server: [installed] });

  assert.match(
    await readFile(join(root, 'etc/passwd'), 'utf8'),
    /^dataans-server:.*:\/var\/lib\/dataans-server:/m,
  );
  const backups = join(root, 'var/backups/dataans-server');
  assert.equal((await stat(backups)).mode & 0o777, 0o700);
  const settings = join(root, 'etc/dataans-server.env');
  assert.equal((await stat(settings)).mode & 0o777, 0o600);

  await dpkg('--remove', 'dataans-server');
  assert.ok(!existsSync(installed) && existsSync(settings));
  assert.match(await dpkg('--purge', 'dataans-server'), /Your data stays/);
  assert.ok(!existsSync(settings) && existsSync(backups));
});

const debianPath = '/usr/sbin:/usr/bin:/sbin:/bin';

async function build(world: World, program: string): Promise<string> {
  const into = await mkdtemp(join(world.folder, 'packed-'));
  const work = await mkdtemp(join(world.folder, 'work-'));
  return buildDebianPackage(program, readVersion(repository), work, into);
}

/** As much of one as dpkg asks for. */
async function makeEmptyDebian(world: World): Promise<string> {
  const root = join(world.folder, 'debian');
  for (const folder of ['etc', 'var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers'])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'var/lib/dpkg/status'), '');
  await writeFile(join(root, 'var/lib/dpkg/available'), '');
  return root;
}
