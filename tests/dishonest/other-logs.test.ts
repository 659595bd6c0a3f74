import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inProcess } from '../../packages/server/src/routes/route.ts';
import { alter, forgeFrames, forgeJson } from './forge.ts';
import type { Lie } from './lying-server.ts';
import { createDishonestWorld, type DishonestWorld } from './world.ts';

/** Of an envelope: behind its version. */
const dataKeyIdAt = 1;

describe('a server with another log than the one that was followed', () => {
  let world: DishonestWorld;
  let copies = 0;
  before(async () => {
    world = await createDishonestWorld();
  });
  after(() => world.close());

  /** Another real server answers everything, with what the first one had when this was called. */
  const copyServer = async (): Promise<Lie> => {
    copies += 1;
    const copy = join(world.folder, `copy ${copies}`);
    await cp(world.server.dataFolder, copy, { recursive: true });
    const app = await world.server.openOther(copy);
    return ({ request }) => app.fetch(request, inProcess);
  };

  const kinds = async (device: string, command: string) => (await world.findings(device, [command])).kinds;

  test('[VFY-5] [VFY-7] one that went back to an older copy is named by verify and given what it lost by sync', async () => {
    const older = await copyServer();
    const device = await world.prepare('reader');
    await world.succeed(device, ['sync']);
    const notes = await world.notesOf(device);
    world.server.lie(older);
    assert.deepEqual(await world.findings(device, ['verify']), { exitCode: 6, kinds: ['log-rolled-back'] });
    assert.deepEqual(await kinds(device, 'status'), ['log-rolled-back']);
    assert.match(await world.succeed(device, ['sync']), /The server had lost \d+ entries of its log/);
    assert.deepEqual(await kinds(device, 'status'), []);
    assert.deepEqual(await kinds(device, 'verify'), []);
    assert.deepEqual(await world.notesOf(device), notes);
    world.server.lie(null);
    await world.succeed(device, ['sync']);
    assert.deepEqual(await kinds(device, 'verify'), []);
    await world.assertSame(device);
  });

  test('[VFY-7] one that begins with an empty log is named by verify and given everything by sync', async () => {
    const device = await world.prepare('holder');
    const notes = await world.notesOf(device);
    const app = await world.server.openOther(join(world.folder, 'empty'));
    world.server.lie(({ request }) => app.fetch(request, inProcess));
    const found = new Set(await kinds(device, 'verify'));
    assert.deepEqual(found, new Set(['account-missing', 'log-replaced', 'chunk-missing']));
    await world.succeed(device, ['sync']);
    assert.deepEqual(await kinds(device, 'status'), []);
    assert.deepEqual(await kinds(device, 'verify'), []);
    assert.deepEqual(await world.notesOf(device), notes);
    world.server.lie(null);
    await world.succeed(device, ['sync']);
    await world.assertSame(device);
  });

  test('[VFY-7] one that acknowledges what it does not keep is named by verify, and nothing is lost', async () => {
    const device = await world.prepare('writer');
    const forgets = await copyServer();
    world.server.lie((asked) => (asked.line === 'POST /v1/operations' ? forgets(asked) : asked.honest()));
    await world.succeed(device, ['sync']);
    assert.equal(world.server.told(), 1);
    world.server.lie(null);
    assert.deepEqual(await world.findings(device, ['verify']), { exitCode: 6, kinds: ['log-rolled-back'] });
    await world.succeed(device, ['sync']);
    assert.deepEqual(await kinds(device, 'status'), []);
    await world.assertSame(device);
  });

  test('[HEAL-7] what a lie left aside never takes the place of the real change on an empty server', async () => {
    const device = await world.prepare('reader');
    world.server.lie(async (asked) =>
      asked.line === 'GET /v1/operations'
        ? forgeFrames(await asked.honest(), (frames) => frames.map((frame) => alter(frame, dataKeyIdAt)))
        : asked.honest(),
    );
    await world.run(device, ['sync']);
    assert.ok((await kinds(device, 'status')).includes('entry-unreadable'));
    world.server.lie(null);
    await world.succeed(device, ['sync']);
    const notes = await world.notesOf(device);
    const app = await world.server.openOther(join(world.folder, 'empty again'));
    world.server.lie(({ request }) => app.fetch(request, inProcess));
    await world.succeed(device, ['sync']);
    assert.deepEqual(await world.findings(device, ['verify']), { exitCode: 0, kinds: [] });
    assert.deepEqual(await world.notesOf(device), notes);
    world.server.lie(null);
    await world.succeed(device, ['sync']);
    await world.assertSame(device);
  });

  test('[KEY-2] [VFY-12] one that asks a new device for a cheap derivation is refused with 6, and gets nothing', async () => {
    world.server.lie(async (asked) =>
      asked.line === 'GET /v1/account'
        ? forgeJson(await asked.honest(), (record) => ({
            ...record,
            kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_199_999 },
          }))
        : asked.honest(),
    );
    const { exitCode, stderr } = await world.run('newest', ['sign-in', world.server.address]);
    assert.equal(exitCode, 6, stderr);
    assert.match(stderr, /unsafe key settings/);
    assert.ok(world.server.told() > 0);
    assert.ok(!existsSync(join(world.folder, 'newest')));
    world.server.lie(null);
  });
});
