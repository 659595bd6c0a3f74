import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesce } from './coalesce.ts';

test('what is asked for while it runs is done once more, however often it was asked for', async () => {
  const running = Promise.withResolvers<void>();
  let done = 0;
  const coalesced = coalesce(async () => {
    await running.promise;
    done += 1;
  });
  coalesced.request();
  await Promise.resolve();
  for (let times = 0; times < 5; times += 1) coalesced.request();
  running.resolve();
  await coalesced.end();
  assert.equal(done, 2);
});

test('a failure is told to whoever waits for the end, and ends the work', async () => {
  let begun = 0;
  const coalesced = coalesce(() => {
    begun += 1;
    return Promise.reject(new Error('broken'));
  });
  coalesced.request();
  await assert.rejects(coalesced.end(), /broken/);
  coalesced.request();
  await assert.rejects(coalesced.end(), /broken/);
  assert.equal(begun, 1);
});
