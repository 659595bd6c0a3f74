import assert from 'node:assert/strict';
import { join } from 'node:path';
import { version } from '../../packages/server/src/version.ts';
import { runProgram, startProgram } from '../world/program.ts';
import type { World } from '../world/world.ts';

/** What runs each program, and in what environment. */
export interface Installed {
  readonly dataans: readonly string[];
  readonly server: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What somebody does who has just installed both: runs the server, writes a note, and reads it on a second device. */
export async function carryANote(world: World, { dataans, server, env = {} }: Installed): Promise<void> {
  const running = startProgram(world, [...server, 'start'], {
    env: { ...env, DATAANS_PORT: '0', DATAANS_DATA: join(world.folder, 'server') },
  });
  const address = await running.waitForLine((line) => line.startsWith('http://'));
  const run = createRunner(world, dataans, env);

  await run('first', 'sign-in', address, '--device', 'first');
  await run('first', 'space', 'add', 'Recipes');
  await run('first', 'note', 'add', 'Tomato soup', '--space', 'Recipes');
  await run('first', 'sync');
  const passphrase = (await run('first', 'passphrase')).trim();
  const second = createRunner(world, dataans, { ...env, DATAANS_PASSPHRASE: passphrase });
  await second('second', 'sign-in', address, '--device', 'second');
  await second('second', 'sync');
  assert.match(await run('second', 'search', 'soup'), /Tomato soup/);

  assert.match(await run('first', 'completion', 'bash'), /complete .*dataans/);
  assert.equal(await run('first', '--version'), `${version}\n`);
  assert.match(await (await fetch(address)).text(), /<title>Dataans<\/title>/);
  const { app } = JSON.parse(await running.waitForLine((line) => line.includes('"started"'), 'stderr')) as {
    readonly app: string;
  };
  assert.equal(await run('first', 'app', '--hash'), `${app}\n`);

  running.kill('SIGTERM');
  const { exitCode, stderr } = await running.ended;
  assert.equal(exitCode, 0, stderr);
}

function createRunner(world: World, dataans: readonly string[], env: Readonly<Record<string, string>>) {
  return async (home: string, ...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runProgram(
      world,
      [...dataans, '--home', join(world.folder, home), ...args],
      { cwd: world.folder, env: { DATAANS_PASSWORD: 'correct horse', ...env } },
    );
    assert.equal(exitCode, 0, `dataans ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
}
