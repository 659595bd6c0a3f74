import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram, type Outcome } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

const domain = { DOMAIN: 'notes.example.org' };
const tunnel = { ACCESS_TEAM: 'team', ACCESS_AUD: 'audience', TUNNEL_TOKEN: 'token' };

/** What would be run for a file of services. Images, which a registry has, are neither fetched nor started. */
function plan(world: World, file: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const project = `dataans-proof-${process.pid}`;
  world.defer(() => {
    // A plan makes volumes and networks all the same.
    for (const kind of ['volume', 'network']) {
      const listed = spawnSync('podman', [kind, 'ls', '--quiet', '--filter', `name=${project}`]);
      const names = listed.stdout.toString().split('\n').filter(Boolean);
      if (names.length > 0) spawnSync('podman', [kind, 'rm', '--force', ...names]);
    }
  });
  const command = ['podman-compose', '--dry-run', '--project-name', project, '-f', file, 'up'];
  return runProgram(world, command, { cwd: join(repository, 'deploy'), env });
}

for (const { file, beside, env, published } of [
  { file: 'compose.yaml', beside: 'caddy', env: domain, published: ['80:80', '443:443', '443:443/udp'] },
  { file: 'compose.cloudflare.yaml', beside: 'cloudflared', env: { ...domain, ...tunnel }, published: [] },
])
  test(`deploy/${file} is a server that can change nothing but its volumes, and what stands before it`, async (t) => {
    const world = await createWorld(t);
    const { exitCode, stdout, stderr } = await plan(world, file, env);
    assert.equal(exitCode, 0, stderr);
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('podman create'));
    const [server = '', front = ''] = ['dataans', beside].map((name) =>
      lines.find((line) => line.includes(`_${name}_1 `)),
    );
    for (const option of ['--read-only', '--cap-drop ALL', 'no-new-privileges:true', ':/data', ':/backups'])
      assert.ok(server.includes(option), `${option}: ${server}`);
    assert.match(server, /DATAANS_PUBLIC_URL=https:\/\/notes\.example\.org /);
    assert.doesNotMatch(server, / -p /, 'Nobody comes past what stands before it.');
    assert.deepEqual(
      [...front.matchAll(/ -p (\S+)/g)].map(([, port]) => port),
      published,
    );
  });

test('without a name for the server nothing is begun, and what to set is said', async (t) => {
  const { exitCode, stderr } = await plan(await createWorld(t), 'compose.yaml', {});
  assert.notEqual(exitCode, 0);
  assert.match(stderr, /Set DOMAIN to the name that people use/);
});
