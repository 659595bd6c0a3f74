import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createSystemClock } from './clock.ts';
import { createSyncLock } from './sync-lock.ts';

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-lock-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a second holder in the same process is told that the lock is busy', async (t) => {
  const path = join(await makeFolder(t), 'sync.lock.sqlite');
  const lock = createSyncLock(path, createSystemClock());
  await lock.hold(0, async () => {
    await assert.rejects(
      lock.hold(0, () => Promise.resolve()),
      { code: 'busy' },
    );
  });
  assert.equal(await lock.hold(0, () => Promise.resolve('free again')), 'free again');
});

test('the file of the lock is for its owner only', { skip: process.platform === 'win32' }, async (t) => {
  const path = join(await makeFolder(t), 'sync.lock.sqlite');
  const mode = await createSyncLock(path, createSystemClock()).hold(0, async () => (await stat(path)).mode);
  assert.equal(mode & 0o777, 0o600);
});

test('a waiting holder gets the lock when the one before lets go', async (t) => {
  const lock = createSyncLock(join(await makeFolder(t), 'sync.lock.sqlite'), createSystemClock());
  const order: string[] = [];
  const letGo = Promise.withResolvers<void>();
  const first = lock.hold(0, async () => {
    await letGo.promise;
    order.push('first');
  });
  const second = lock.hold(60_000, () => Promise.resolve(order.push('second')));
  letGo.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ['first', 'second']);
});

test('the lock of a killed process is free', async (t) => {
  const path = join(await makeFolder(t), 'sync.lock.sqlite');
  const lock = createSyncLock(path, createSystemClock());
  const script = `
    import { createSyncLock } from ${JSON.stringify(new URL('./sync-lock.ts', import.meta.url).href)};
    import { createSystemClock } from ${JSON.stringify(new URL('./clock.ts', import.meta.url).href)};
    const keepAlive = setInterval(() => {}, 1000);
    await createSyncLock(${JSON.stringify(path)}, createSystemClock()).hold(0, () => {
      process.stdout.write('held');
      // Work that nothing can end may be collected as garbage, and its lock with it.
      return new Promise((resolve) => { globalThis.endWork = resolve; });
    });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await assert.rejects(
    lock.hold(0, () => Promise.resolve()),
    { code: 'busy' },
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(await lock.hold(0, () => Promise.resolve('free')), 'free');
});

test('a lock in a folder that is not there is named as unusable', async (t) => {
  const lock = createSyncLock(join(await makeFolder(t), 'missing', 'lock'), createSystemClock());
  await assert.rejects(
    lock.hold(0, () => Promise.resolve()),
    { code: 'storage-unusable' },
  );
});
