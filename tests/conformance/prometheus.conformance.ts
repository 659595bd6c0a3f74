import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld } from '../world/world.ts';

const deploy = join(repository, 'deploy');

test('Prometheus has nothing to say against the metrics, the alert rules and the example', async (t) => {
  const world = await createWorld(t);
  const { address } = await startServer(world, {
    env: { DATAANS_BACKUP_TO: join(world.folder, 'backup') },
  });
  await fetch(`${address}/v1/log`);
  const metrics = await (await fetch(`${address}/metrics`)).text();
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  assert.equal(checked.stdout + checked.stderr, '');
  const scrape = spawnSync('promtool', ['check', 'config', join(deploy, 'prometheus/scrape.yml')], {
    encoding: 'utf8',
  });
  assert.equal(scrape.status, 0, scrape.stdout + scrape.stderr);
});
