import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBuffers } from './buffers.ts';

test('works at the same time have buffers of their own, works one after another the same', async () => {
  const buffers = createBuffers(8);
  const first = Promise.withResolvers<void>();
  const used: Uint8Array[] = [];
  const waiting = buffers.use(async (buffer) => {
    used.push(buffer);
    await first.promise;
  });
  for (let turn = 0; turn < 2; turn += 1)
    await buffers.use((buffer) => Promise.resolve(void used.push(buffer)));
  first.resolve();
  await waiting;
  assert.equal(new Set(used).size, 2);
  assert.equal(used[1], used[2]);
  assert.deepEqual(
    used.map((buffer) => buffer.length),
    [8, 8, 8],
  );
});

test('a buffer whose work failed is not used again, and the error is handed on', async () => {
  const buffers = createBuffers(8);
  let failed: Uint8Array | null = null;
  const failing = buffers.use((buffer) => {
    failed = buffer;
    return Promise.reject(new Error('broken'));
  });
  await assert.rejects(failing, /broken/);
  assert.notEqual(await buffers.use((buffer) => Promise.resolve(buffer)), failed);
});
