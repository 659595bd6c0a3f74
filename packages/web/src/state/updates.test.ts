import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followUpdates } from './updates.ts';

/** Service workers as far as they are used: one that waits, or none. */
function createWorkers(hasController: boolean) {
  const listeners = new Map<string, () => void>();
  const posted: unknown[] = [];
  const worker = { postMessage: (message: unknown) => posted.push(message) };
  const workers = {
    controller: hasController ? worker : null,
    addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
    register: async () => ({ waiting: worker, addEventListener: () => undefined }),
  };
  return { workers: workers as never, listeners, posted };
}

test('a new version waits until someone asks for it, and reloads only then', async () => {
  const { workers, listeners, posted } = createWorkers(true);
  let reloads = 0;
  const { waiting } = followUpdates({ workers, address: '/sw.js', reload: () => (reloads += 1) });
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(reloads, 0);
  waiting.value?.();
  assert.deepEqual(posted, ['use-now']);
  listeners.get('controllerchange')?.();
  assert.equal(reloads, 1);
});

test('a new version that another tab asked for is one reload away, and reloads nothing alone', async () => {
  const { workers, listeners, posted } = createWorkers(true);
  let reloads = 0;
  const { waiting } = followUpdates({ workers, address: '/sw.js', reload: () => (reloads += 1) });
  await Promise.resolve();
  listeners.get('controllerchange')?.();
  assert.equal(reloads, 0);
  waiting.value?.();
  assert.deepEqual([reloads, posted], [1, []]);
});

test('the first version of all is no update', async () => {
  const { workers, listeners } = createWorkers(false);
  const { waiting } = followUpdates({ workers, address: '/sw.js', reload: () => undefined });
  await Promise.resolve();
  await Promise.resolve();
  listeners.get('controllerchange')?.();
  assert.equal(waiting.value, null);
});
