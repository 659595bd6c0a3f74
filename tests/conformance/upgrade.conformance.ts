import assert from 'node:assert/strict';
import { cp, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Installed } from '../release/carry-a-note.ts';
import { buildOneFilePrograms, installPackages } from '../release/install-programs.ts';
import { runProgram, startProgram, type Outcome } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

const serverFixtures = join(repository, 'packages/server/src/storage/fixtures');
const deviceFixtures = join(repository, 'packages/client/src/testing/fixtures');

const ways: Readonly<Record<string, (world: World) => Promise<Installed>>> = {
  'programs of one file': buildOneFilePrograms,
  'packages of npm': (world) => installPackages(world, join(world.folder, 'prefix')),
};

for (const [way, install] of Object.entries(ways))
  test(`the ${way} find everything in folders of earlier versions, and the copies from before lead back`, async (t) => {
    const world = await createWorld(t);
    const programs = await install(world);
    for (const schema of await readdir(serverFixtures)) {
      const folder = join(world.folder, `server-${schema}`);
      await cp(join(serverFixtures, schema), folder, { recursive: true });
      await serverHasAll(world, programs, folder);
      await serverComesBack(world, programs, folder);
    }
    for (const schema of await readdir(deviceFixtures)) {
      const folder = join(world.folder, `device-${schema}`);
      await cp(join(deviceFixtures, schema), folder, { recursive: true });
      await deviceHasAll(world, programs, folder);
      await deviceComesBack(world, programs, folder);
    }
  });

async function serverHasAll(world: World, programs: Installed, folder: string): Promise<void> {
  const env = { DATAANS_DATA: folder, DATAANS_PORT: '0', DATAANS_AUTH: 'token' };
  const running = startProgram(world, [...programs.server, 'start'], { env });
  await running.waitForLine((line) => line.startsWith('http://'));
  running.kill('SIGTERM');
  assert.equal((await running.ended).exitCode, 0, running.printed().stderr);

  const operate = (...args: readonly string[]) => runProgram(world, [...programs.server, ...args], { env });
  const checked = await operate('check');
  assert.equal(checked.exitCode, 0, checked.stderr);
  assert.match(checked.stdout, /^operations +5 +0$/m);
  assert.match(checked.stdout, /^chunks +2 +20 +0$/m);
  assert.match((await operate('token', 'list')).stdout, /^laptop/m);
}

/** What the next version would leave, refused by this one, until the refusal's advice is followed. */
async function serverComesBack(world: World, programs: Installed, folder: string): Promise<void> {
  const log = join(folder, 'log.sqlite');
  const next = upgradeFurther(log);
  const env = { DATAANS_DATA: folder };
  const check = (): Promise<Outcome> => runProgram(world, [...programs.server, 'check'], { env });
  const refused = await check();
  assert.notEqual(refused.exitCode, 0);
  assert.ok(refused.stderr.includes(`${log}.before-schema-${next}`), refused.stderr);
  await rename(log, `${log}.aside`);
  await rename(`${log}.before-schema-${next}`, log);
  const checked = await check();
  assert.equal(checked.exitCode, 0, checked.stderr);
  assert.match(checked.stdout, /^operations +5 +0$/m);
}

/** @returns the version of its schema now */
function upgradeFurther(log: string): number {
  const database = new DatabaseSync(log);
  try {
    const next = Number(database.prepare('PRAGMA user_version').get()?.['user_version']) + 1;
    database.prepare('VACUUM INTO ?').run(`${log}.before-schema-${next}`);
    database.exec(`PRAGMA user_version = ${next}`);
    return next;
  } finally {
    database.close();
  }
}

async function deviceHasAll(world: World, programs: Installed, folder: string): Promise<void> {
  const run = (...args: readonly string[]) =>
    runProgram(world, [...programs.dataans, '--home', folder, ...args]);
  const listed = await run('note', 'list');
  assert.equal(listed.exitCode, 0, listed.stderr);
  for (const note of ['shared.md', 'soup.md', 'waiting one', 'waiting two', 'from the phone'])
    assert.ok(listed.stdout.includes(note), listed.stdout);
  assert.match((await run('search', 'soup')).stdout, /soup\.md/);
}

/** The copy from before is the store as it was: put in its place, it has all of it. */
async function deviceComesBack(world: World, programs: Installed, folder: string): Promise<void> {
  const copy = (await readdir(folder)).find((name) => name.startsWith('store.sqlite.before-schema-'));
  if (copy === undefined) return; // Of the newest schema.
  await rename(join(folder, copy), join(folder, 'store.sqlite'));
  await deviceHasAll(world, programs, folder);
}
