import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { startProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld } from '../world/world.ts';

test('npm start runs a server, prints its address and asks nothing', async (t) => {
  const world = await createWorld(t);
  const server = startProgram(world, ['npm', 'start'], {
    cwd: repository,
    // The home of whoever runs the test has the settings of npm.
    env: {
      DATAANS_PORT: '0',
      HOME: homedir(),
      XDG_DATA_HOME: world.folder,
      npm_config_update_notifier: 'false',
    },
    isGroup: true,
  });
  const address = await server.waitForLine((line) => line.startsWith('http://'));
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(`${address}/health`)).status, 200);
  assert.match(await (await fetch(address)).text(), /<title>Dataans<\/title>/);
  assert.ok(existsSync(`${world.folder}/dataans-server`));
  server.kill('SIGTERM');
  await server.ended;
  await assert.rejects(fetch(`${address}/health`));
});
