import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { DataansError, type ErrorCode } from '@dataans/core';
import type { Access } from '../connection/access.ts';
import { openTestStore } from '../testing/test-store.ts';
import { createSecret } from '../platform/secret.ts';
import type { WatchEvent } from './sync-engine.ts';
import { createPauses } from './pauses.ts';
import { createWake } from './wake.ts';
import { createTransfers } from './transfers.ts';
import { watch, type WatchDependencies } from './watch.ts';

const first: Access = { kind: 'bearer', token: createSecret('first') };
const second: Access = { kind: 'bearer', token: createSecret('second') };

/** Time that goes on to the next sleeper as soon as nobody does anything else. */
function createEagerClock() {
  let nowMs = 0;
  let sleepers: { readonly due: number; readonly wake: () => void }[] = [];
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      sleepers.push({ due: nowMs + ms, wake: resolve });
    });
  const run = async (isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      await new Promise((resolve) => setImmediate(resolve));
      const due = Math.min(...sleepers.map((sleeper) => sleeper.due));
      nowMs = Math.max(nowMs, due);
      const woken = sleepers.filter((sleeper) => sleeper.due === due);
      sleepers = sleepers.filter((sleeper) => sleeper.due !== due);
      for (const { wake } of woken) wake();
    }
  };
  return { now: () => nowMs, sleep, run };
}

/** What a watch tells, and when it syncs, until it was refused so many times. */
async function watchRefused(
  t: TestContext,
  code: ErrorCode,
  {
    refusals,
    signInMs = Infinity,
    asksAgain = false,
  }: { readonly refusals: number; readonly signInMs?: number; readonly asksAgain?: boolean },
) {
  const clock = createEagerClock();
  const abort = new AbortController();
  const events: WatchEvent[] = [];
  const syncedMs: number[] = [];
  const refuse = (): Promise<never> => Promise.reject(new DataansError(code, 'No.'));
  const wake = createWake(clock);
  const pauses = createPauses(clock);
  const dependencies = {
    store: openTestStore(t),
    clock,
    randomness: () => 0.5,
    wake,
    fetchWake: createWake(clock),
    pauses,
    connection: {
      access: () => (clock.now() < signInMs ? first : second),
      heads: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
    },
    transfers: createTransfers(),
    lanes: {
      operations: () => {
        syncedMs.push(clock.now());
        if (syncedMs.length === refusals) abort.abort();
        return refuse();
      },
    },
  } as unknown as WatchDependencies; // All that a watch of refusals comes to use.
  const onEvent = (event: WatchEvent): void => {
    events.push(event);
    if (asksAgain) pauses.end();
  };
  const options = { signal: abort.signal, onEvent };
  let isOver = false;
  const watching = watch(dependencies, options).finally(() => (isOver = true));
  await clock.run(() => isOver);
  await watching;
  return { events, syncedMs };
}

for (const code of ['session-expired', 'login-required'] as const)
  test(`[SYN-11] a watch that met ${code} says so once, and asks again every minute`, async (t) => {
    const { events, syncedMs } = await watchRefused(t, code, { refusals: 3 });
    assert.deepEqual(
      events.map((event) => [event.type, event.type === 'paused' && event.isNew]),
      [['paused', true], ...Array.from({ length: events.length - 1 }, () => ['paused', false])],
    );
    assert.deepEqual(syncedMs, [0, 60_000, 120_000]);
  });

test('[SYN-11] a paused watch goes on within a second of another credential', async (t) => {
  const { syncedMs } = await watchRefused(t, 'session-expired', { refusals: 2, signInMs: 10_500 });
  assert.deepEqual(syncedMs, [0, 11_000]);
});

test('[SYN-24] a paused watch asks again at once when a person has signed in at the proxy', async (t) => {
  const { syncedMs } = await watchRefused(t, 'login-required', { refusals: 2, asksAgain: true });
  assert.deepEqual(syncedMs, [0, 0]);
});
