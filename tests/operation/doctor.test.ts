import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '../world/server.ts';
import { runProgram } from '../world/program.ts';
import { serverProgram } from '../world/repository.ts';
import { createWorld } from '../world/world.ts';

interface Doctored {
  readonly ok: boolean;
  readonly findings: readonly { readonly about: string; readonly state: string; readonly sentence: string }[];
}

test('[SRV-87] doctor and status see a running server, and events and large requests at its public address', async (t) => {
  const world = await createWorld(t);
  const first = await startServer(world, { env: { DATAANS_AUTH: 'token' } });
  const port = new URL(first.address).port;
  await first.stop();
  const env = { DATAANS_AUTH: 'token', DATAANS_PORT: port, DATAANS_PUBLIC_URL: `http://localhost:${port}` };
  const server = await startServer(world, { env });
  await server.operate('token', 'add', 'laptop');
  const { exitCode, stdout, stderr } = await server.operate('doctor', '--json');
  const { ok, findings } = JSON.parse(stdout) as Doctored;
  assert.deepEqual([exitCode, ok], [0, true], stderr + stdout);
  const stateByName = new Map(findings.map(({ about, state }) => [about, state]));
  for (const about of ['version', 'storage', 'server', 'address', 'events', 'size'])
    assert.equal(stateByName.get(about), 'good', stdout);
  assert.equal(stateByName.get('backup'), 'warning');
  const tokens = JSON.parse((await server.operate('token', 'list', '--json')).stdout) as readonly {
    state: string;
  }[];
  assert.deepEqual(
    tokens.map(({ state }) => state),
    ['in force', 'revoked'],
  );
  const status = await server.operate('status');
  assert.match(status.stdout, /operations +0\n[^]*last good backup +none\n/);

  await server.stop();
  const stopped = await server.operate('doctor');
  assert.equal(stopped.exitCode, 1);
  assert.match(stopped.stdout, /problem +server +Nothing listens at 127\.0\.0\.1:\d+\. Start the server/);
  assert.match(stopped.stderr, /^Found 2 problems\.\n$/);
});

test('[SRV-87] doctor says what to do if there is no data folder', async (t) => {
  const world = await createWorld(t);
  const env = { DATAANS_DATA: join(world.folder, 'none'), DATAANS_PORT: '0' };
  const { exitCode, stdout } = await runProgram(world, [process.execPath, serverProgram, 'doctor'], { env });
  assert.equal(exitCode, 1);
  assert.match(stdout, /problem +storage +.*none isn't a server's data folder\. Set DATAANS_DATA/);
});
