import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Clock, Finding, Transport } from '@dataans/client';
import { encodeFrames, framesMediaType, uuidToBytes } from '@dataans/core';
import { createNodeTransport } from '../../packages/client/src/node/transport.ts';
import { createSystemClock } from '../../packages/client/src/node/clock.ts';
import type { TestServer } from '../world/server.ts';
import { backUp, copyOf, startInPlaceOf } from './healing-world.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** Days pass when the test says so. */
function createCalendar() {
  const system = createSystemClock();
  let aheadMs = 0;
  const clock: Clock = { ...system, now: () => system.now() + aheadMs };
  return {
    clock,
    nextDay: (): void => {
      aheadMs += dayMs + 1_000;
    },
  };
}

/** Two devices that agree on what is on a server. */
async function twoDevices(t: TestContext) {
  const calendar = createCalendar();
  const server = await startServer(t);
  let requests = 0;
  const transport: Transport = (request) => {
    requests += 1;
    return direct(request);
  };
  const direct = createNodeTransport();
  const options = { clock: calendar.clock, transport };
  const a = await signedIn(t, server.address, undefined, options);
  await addNotes(a, 2);
  await sync(a);
  const b = await signedIn(t, server.address, a, options);
  await sync(b);
  await sync(a);
  const countRequests = async (work: () => Promise<unknown>): Promise<number> => {
    const before = requests;
    await work();
    return requests - before;
  };
  return { ...calendar, server, a, b, countRequests };
}

const witnessOf = (home: TestHome, of: TestHome) =>
  home.store.entities.devices().find(({ id }) => String(id) === of.store.log.writer().device)?.value.witness;

const kinds = (home: TestHome): readonly Finding['kind'][] => home.status().findings.map(({ kind }) => kind);

test('[WIT-1] a device says once a day what it has seen, if something is new, and two idle ones fall silent', async (t) => {
  const { a, b, nextDay, countRequests } = await twoDevices(t);
  assert.equal(witnessOf(a, a), undefined, 'not on the first day');
  nextDay();
  await addNotes(a, 1);
  assert.equal((await sync(a)).sent, 2);
  await addNotes(a, 1);
  assert.equal((await sync(a)).sent, 1, 'once a day');
  const said = witnessOf(a, a);
  assert.equal(said?.seq, (a.store.log.cursor()?.seq ?? 0) - 3);
  assert.deepEqual(said.seen, { [b.store.log.writer().device]: 1 });
  for (const home of [b, a, b, a]) await sync(home);
  assert.deepEqual(kinds(a), []);
  assert.equal(witnessOf(a, b)?.log, said.log);
  // What came behind their last words is news on the day after.
  for (const each of [1, 2]) {
    nextDay();
    for (const home of [a, b, a]) await sync(home);
    assert.ok(a.store.log.operationCount() <= 9 + each + 1);
  }
  const operations = a.store.log.operationCount();
  for (let day = 0; day < 4; day += 1) {
    nextDay();
    // The account and the chunks are looked at once a day.
    for (const home of [a, b]) await sync(home);
    for (const home of [a, b]) assert.equal(await countRequests(() => sync(home)), 1);
  }
  assert.equal(a.store.log.operationCount(), operations, 'nobody answers a witness with a witness');
});

test('[WIT-1] who asks for a witness gets one, whatever day it is', async (t) => {
  const { a, b } = await twoDevices(t);
  await (await b.engine()).sync({ witness: true });
  await sync(a);
  assert.equal(witnessOf(a, b)?.program, 'dataans 0.1.0');
});

test('[WIT-2] a server that shows two devices two logs is found out by the first witness that it lets through', async (t) => {
  const { a, b, nextDay, server } = await twoDevices(t);
  const { server: first, copy } = await backUp(t, server);
  const fork = await copyOf(t, copy);
  for (const notes of [1, 1]) {
    nextDay();
    await addNotes(a, notes);
    await sync(a);
  }
  const second = await startInPlaceOf(t, first, fork);
  await addNotes(b, 9);
  await sync(b);
  assert.deepEqual([kinds(a), kinds(b)], [[], []], 'nothing can be told yet');
  assert.notEqual(a.status().position?.code, b.status().position?.code, 'but by eye');
  await letThroughWitness(a, second);
  await sync(b);
  assert.ok(kinds(b).includes('log-forked'), kinds(b).join());
  const told = b.status().findings.find(({ kind }) => kind === 'log-forked');
  assert.deepEqual(
    [told?.concerns.device, told?.concerns.seq],
    [a.store.log.writer().device, witnessOf(b, a)?.seq],
  );
  await sync(b);
  assert.ok(kinds(b).includes('log-forked'), 'until it is settled');
});

/** The revision of its own entity, which a dishonest server takes for any other change. */
async function letThroughWitness(from: TestHome, server: TestServer): Promise<void> {
  const device = from.store.log.writer().device;
  const revision = from.store.entities
    .revisions('device', device as never)
    .findLast(({ operation }) => operation.value.witness !== undefined);
  assert.ok(revision !== undefined);
  const body = from.store.log.envelope(revision.id);
  assert.ok(body !== null);
  const answer = await fetch(`${server.address}/v1/operations`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: Buffer.from(encodeFrames([{ kind: 'envelope', id: uuidToBytes(revision.id), body }])),
  });
  assert.equal(answer.status, 200);
}

test('[WIT-2] a server that was put back and healed is not accused, on any device', async (t) => {
  const { a, b, nextDay, server } = await twoDevices(t);
  const { server: running, copy } = await backUp(t, server);
  nextDay();
  for (const home of [a, b]) {
    await addNotes(home, 3);
    await sync(home);
  }
  for (const home of [a, b, a, b]) await sync(home);
  assert.notEqual(witnessOf(a, b), undefined);
  const back = await startInPlaceOf(t, running, copy);
  for (const home of [b, a, b, a, b]) await sync(home);
  assert.deepEqual([kinds(a), kinds(b)], [[], []]);
  assert.equal(a.status().position?.code, b.status().position?.code);
  const newcomer = await signedIn(t, back.address, a);
  await sync(newcomer);
  assert.deepEqual(kinds(newcomer), []);
  assert.deepEqual(noteTexts(newcomer), noteTexts(a));
});

test('[WIT-2] a server that was set up anew is not accused, on any device', async (t) => {
  const { a, b, nextDay, server } = await twoDevices(t);
  nextDay();
  for (const home of [a, b, a, b]) {
    await addNotes(home, 1);
    await sync(home);
  }
  await sync(a);
  const fresh = await startInPlaceOf(t, server);
  for (const home of [a, b, a, b]) await sync(home);
  assert.deepEqual([kinds(a), kinds(b)], [[], []]);
  const newcomer = await signedIn(t, fresh.address, a);
  await sync(newcomer);
  assert.deepEqual(kinds(newcomer), []);
});

test('[WIT-5] two devices that are in sync show the same code, and one that lags behind another one', async (t) => {
  const { a, b } = await twoDevices(t);
  assert.deepEqual(a.status().position, b.status().position);
  await addNotes(a, 1);
  await sync(a);
  assert.notEqual(a.status().position?.code, b.status().position?.code);
  await sync(b);
  assert.deepEqual(a.status().position, b.status().position);
});
