import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Clock } from '@dataans/client';
import { createSystemClock } from '../../packages/client/src/node/clock.ts';
import { answer, createMeddledTransport, cutOff, problem, readAll, type Meddle } from './transports.ts';
import { addNotes, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

type StoredRecord = { readonly keyring: string; readonly kdf: { readonly iterations: number } };

const dayMs = 24 * 60 * 60 * 1_000;

/** The machine's clock, which a test can set ahead. */
function createMovableClock(): Clock & { aheadMs: number } {
  const clock = createSystemClock();
  const movable = {
    aheadMs: 0,
    now: () => clock.now() + movable.aheadMs,
    sleep: clock.sleep,
  };
  return movable;
}

/** A home on whose line somebody can come and go. */
async function meddledHome(t: TestContext) {
  const { address } = await startServer(t);
  const clock = createMovableClock();
  let meddle: Meddle | null = null;
  const lines: string[] = [];
  const transport = createMeddledTransport((line, request, send) => {
    lines.push(`${request.method} ${new URL(request.url).pathname}`);
    return meddle === null ? send() : meddle(line, request, send);
  });
  const home = await signedIn(t, address, undefined, { transport, clock });
  await addNotes(home, 2);
  await sync(home);
  return {
    home,
    clock,
    lines,
    lie: (next: Meddle | null) => {
      meddle = next;
    },
  };
}

const kinds = (home: TestHome) => home.status().findings.map(({ kind }) => kind);

test('[VFY-2] what a sync found stays while the server cannot be reached, and goes when the next one comes to its end', async (t) => {
  const { home, lie } = await meddledHome(t);
  await addNotes(home, 1);
  lie((line, _, send) =>
    line === 'POST /v1/operations'
      ? Promise.resolve(
          answer(200, JSON.stringify({ before: 3, head: 9, chain: '0'.repeat(64), already: [] })),
        )
      : send(),
  );
  await assert.rejects(sync(home), { code: 'integrity' });
  assert.deepEqual(kinds(home), ['answers-contradict']);
  assert.equal(home.status().state, 'problem');
  lie(() => Promise.reject(cutOff()));
  await assert.rejects(sync(home), { code: 'server-unreachable' });
  assert.equal(home.status().problem?.code, 'server-unreachable');
  assert.deepEqual(kinds(home), ['answers-contradict']);
  lie(null);
  await sync(home);
  assert.deepEqual(kinds(home), []);
  assert.equal(home.status().state, 'synced');
});

test('[VFY-6] the account record is compared once a day, and at each sync while it is another one', async (t) => {
  const { home, clock, lines, lie } = await meddledHome(t);
  const forge =
    (change: (record: StoredRecord) => object): Meddle =>
    async (line, _, send) => {
      const response = await send();
      if (line !== 'GET /v1/account') return response;
      const record = JSON.parse((await readAll(response)).toString()) as StoredRecord; // The server's own.
      return answer(200, JSON.stringify(change(record)));
    };
  lie(forge((record) => ({ ...record, keyring: record.keyring.replace(/^.{9}/, 'AQAAAAAAA') })));
  await sync(home);
  assert.deepEqual(kinds(home), []);
  clock.aheadMs = dayMs;
  await sync(home);
  assert.deepEqual(kinds(home), ['account-changed']);
  assert.equal(home.status().state, 'problem');
  lie(forge((record) => ({ ...record, kdf: { ...record.kdf, iterations: 1_000 } })));
  await sync(home);
  assert.deepEqual(kinds(home), ['account-weakened']);
  lie(forge(() => ({ version: 1 })));
  await sync(home);
  assert.deepEqual(kinds(home), ['account-damaged']);
  lie((line, _, send) => (line === 'GET /v1/account' ? Promise.resolve(problem(404, 'not-found')) : send()));
  await sync(home);
  assert.deepEqual(kinds(home), ['account-missing']);
  lie(null);
  await sync(home);
  assert.deepEqual(kinds(home), []);
  lines.length = 0;
  await sync(home);
  assert.deepEqual(lines, ['GET /v1/operations']);
});
