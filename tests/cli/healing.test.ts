import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createWorld } from './world.ts';

test('[HEAL-8] sync and status say that a wiped server got everything again', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const address = await world.startServer('server');
  await world.signIn(address, 'a');
  await world.succeed('a', ['space', 'add', 'Inbox']);
  await world.succeed('a', ['note', 'add', 'one', '--space', 'Inbox']);
  await world.succeed('a', ['sync']);
  assert.doesNotMatch(await world.succeed('a', ['status']), /healed/);
  await world.stopServers();
  await rm(join(world.folder, 'server'), { recursive: true });
  await world.startServer('server', { DATAANS_PORT: new URL(address).port });
  assert.equal(
    await world.succeed('a', ['sync']),
    'Sent 2 changes, received 0.\nThe server had lost 3 entries of its log. This device has sent them again.\n',
  );
  assert.equal(await world.succeed('a', ['sync']), 'Nothing new.\n');
  assert.match(
    await world.succeed('a', ['status']),
    /healed +The server had lost 3 entries of its log. This device has sent/,
  );
  const status = JSON.parse(await world.succeed('a', ['status', '--json'])) as { lastHealing: object };
  assert.deepEqual({ ...status.lastHealing, at: '' }, { at: '', lost: 3, done: true });
  const report = JSON.parse(await world.succeed('a', ['sync', '--json'])) as { healed: object | null };
  assert.equal(report.healed, null);
});
