import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram, startProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld } from '../world/world.ts';

const program = [process.execPath, join(import.meta.dirname, 'main.ts')];

test('a person starts it with npm, and is told what to do, until they stop it', async (t) => {
  const world = await createWorld(t);
  const certificate = join(world.folder, 'edge.pem');
  const args = ['--port', '0', '--team-port', '0', '--tls', certificate];
  const edge = startProgram(world, [...program, ...args], { keepsStdin: true });
  const address = await edge.waitForLine((line) => line.startsWith('https://127.0.0.1:'));
  await edge.waitForLine((line) => line.includes('rotate'));
  const { stdout } = edge.printed();
  for (const name of ['TEAM', 'AUD', 'CLIENT_ID', 'CLIENT_SECRET'])
    assert.match(stdout, new RegExp(`^  DATAANS_ACCESS_${name}=\\S+ \\\\$`, 'm'));
  assert.ok(stdout.includes(`sign-in ${address}`));
  assert.match(await readFile(certificate, 'utf8'), /^-----BEGIN CERTIFICATE-----/);
  edge.kill('SIGINT');
  assert.equal((await edge.ended).exitCode, 0);
  const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  assert.equal(scripts['access-edge'], 'node tests/access-edge/main.ts');
});

test('while it runs it does what it is told', async (t) => {
  const world = await createWorld(t);
  const orders = 'rotate\ncerts silent\ncerts gone\nend you@example.org\nend\nwhat\n';
  const edge = startProgram(world, [...program, '--port', '0', '--team-port', '0'], { stdin: orders });
  for (const answer of [
    /^Signing with [0-9a-f]{64} now/,
    /^The keys are silent now/,
    /^One of: well, failing/,
    /^Ended the sessions of you@example\.org/,
    /^Ended the sessions of everybody/,
  ])
    await edge.waitForLine((line) => answer.test(line));
});

test('a wrong option is refused with the help, and help is a success', async (t) => {
  const world = await createWorld(t);
  const wrong = await runProgram(world, [...program, '--session', 'long']);
  assert.equal(wrong.exitCode, 2);
  assert.match(wrong.stderr, /^--session must be .*\n\nUsage: npm run access-edge/);
  assert.equal((await runProgram(world, [...program, '--help'])).exitCode, 0);
});
