import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import { createLifetime, iterateWithin } from './lifetime.ts';

const signedOut = (): DataansError => new DataansError('not-signed-in', 'Signed out.');

/** Work that ends when it is aborted, and says in which order. */
function workUntilAborted(order: string[]) {
  return (signal: AbortSignal): Promise<void> =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        setImmediate(() => {
          order.push('work ended');
          reject(signal.reason as Error); // Nothing but an abort without a reason of its own.
        });
      });
    });
}

test('[SYN-25] the end aborts what runs, and has come when that has settled', async () => {
  const lifetime = createLifetime();
  const order: string[] = [];
  const running = assert.rejects(lifetime.run(workUntilAborted(order)), { code: 'not-signed-in' });
  await lifetime.end(signedOut);
  order.push('lifetime ended');
  await running;
  assert.deepEqual(order, ['work ended', 'lifetime ended']);
});

test('[SYN-25] nothing begins after the end', async () => {
  const lifetime = createLifetime();
  await lifetime.end(signedOut);
  let isBegun = false;
  const late = lifetime.run(async () => {
    isBegun = true;
  });
  await assert.rejects(late, { code: 'not-signed-in' });
  assert.equal(isBegun, false);
});

test('work that its caller aborts is told the reason of the caller', async () => {
  const lifetime = createLifetime();
  const abort = new AbortController();
  const running = lifetime.run(workUntilAborted([]), abort.signal);
  abort.abort(new RangeError('of the caller'));
  await assert.rejects(running, RangeError);
});

test('[SYN-25] a file that is being read piece by piece gives no further piece after the end', async () => {
  const lifetime = createLifetime();
  let isReturned = false;
  async function* read(): AsyncGenerator<number> {
    try {
      yield 1;
      yield 2;
    } finally {
      isReturned = true;
    }
  }
  const reading = iterateWithin(lifetime, read());
  assert.deepEqual(await reading.next(), { done: false, value: 1 });
  await lifetime.end(signedOut);
  await assert.rejects(reading.next(), { code: 'not-signed-in' });
  assert.equal(isReturned, true);
});
