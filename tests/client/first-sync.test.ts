import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createHastyClock } from '../../packages/client/src/connection/scripted-server.fixture.ts';
import type { Clock } from '../../packages/client/src/platform/clock.ts';
import { createMeddledTransport, createWatchedTransport, problem } from './transports.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

const pages = (count: number): readonly string[] => Array<string>(count).fill('GET /v1/operations');

/** A server that has three notes of a device. */
async function startWithNotes(t: TestContext) {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 3);
  await sync(a);
  return { address, a };
}

test('[SYN-22] a device that comes new sends its own while it fetches, the first one sends at once', async (t) => {
  const { address } = await startServer(t);
  const first = createWatchedTransport();
  const a = await signedIn(t, address, undefined, { transport: first.transport });
  await addNotes(a, 998);
  first.take();
  await sync(a);
  assert.deepEqual(first.take(), ['POST /v1/operations', 'POST /v1/operations']);
  const second = createWatchedTransport();
  const b = await signedIn(t, address, a, { transport: second.transport });
  second.take();
  const { sent, received } = await sync(b);
  assert.deepEqual([sent, received], [1, 1_000]);
  // Two more pages are asked for as soon as the first is here, and nothing waits for their answers.
  assert.deepEqual(second.take(), [...pages(3), 'POST /v1/operations']);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  await sync(b);
  assert.deepEqual(second.take(), pages(1));
});

test('[STO-35] what a device that comes new gets at first is no news, and what comes after it is', async (t) => {
  const { address, a } = await startWithNotes(t);
  const b = await signedIn(t, address, a);
  const unread = () => b.store.windows.spaces().map((space) => [space.notes, space.unread]);
  await sync(b);
  assert.deepEqual(unread(), [[3, 0]]);
  await addNotes(a, 2);
  await sync(a);
  await sync(b);
  assert.deepEqual(unread(), [[5, 2]]);
});

test('[SYN-22] a device that comes new has everything also from a server that is full', async (t) => {
  const { address, a } = await startWithNotes(t);
  let isFull = true;
  const transport = createMeddledTransport((line, _, send) =>
    isFull && line === 'POST /v1/operations' ? Promise.resolve(problem(507, 'storage-full')) : send(),
  );
  const b = await signedIn(t, address, a, { transport });
  const report = await sync(b);
  assert.deepEqual(
    report.problems.map(({ code }) => code),
    ['storage-full'],
  );
  assert.deepEqual(noteTexts(b), noteTexts(a));
  assert.equal(b.status().pendingOperations, 1);
  isFull = false;
  assert.equal((await sync(b)).sent, 1);
});

test('[SYN-22] what others write while a device fetches for the first time comes too', async (t) => {
  const { address, a } = await startWithNotes(t);
  let writes = 0;
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport(async (line, _, send) => {
      if (line === 'POST /v1/operations' && writes === 0) {
        writes += 1;
        await addNotes(a, 2);
        await sync(a);
      }
      return send();
    }),
  });
  const report = await sync(b);
  assert.equal(writes, 1);
  assert.deepEqual([report.sent, report.received, report.problems], [1, 7, []]);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  assert.equal(b.status().pendingOperations, 0);
});

test('[SYN-22] nothing is lost where the answer to what a new device sends is lost', async (t) => {
  const { address, a } = await startWithNotes(t);
  let answersToLose = 1;
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport(async (line, _, send) => {
      const response = await send();
      if (line !== 'POST /v1/operations' || answersToLose === 0) return response;
      answersToLose -= 1;
      return problem(400, 'malformed-request');
    }),
  });
  await assert.rejects(sync(b), { code: 'server-refused' });
  assert.deepEqual(noteTexts(b), noteTexts(a));
  const report = await sync(b);
  assert.deepEqual([report.sent, report.received], [0, 0]);
  assert.equal(b.status().pendingOperations, 0);
});

test('[SYN-22] whoever asks for a note while much is received gets an answer after each part of a page', async (t) => {
  const { address, a } = await startWithNotes(t);
  await addNotes(a, 200);
  await sync(a);
  const counted: number[] = [];
  const clock: Clock = {
    now: () => Date.now(),
    sleep: async (ms, signal) => {
      if (ms === 0) counted.push((await b.notes.count()).notes); // Others have their turn.
      await createHastyClock().sleep(ms, signal);
    },
  };
  const b = await signedIn(t, address, a, {}, { operationsAtOnce: 50, clock });
  await sync(b);
  assert.equal((await b.notes.count()).notes, 203);
  const seen = [...new Set(counted)];
  assert.ok(seen.length >= 4, `It saw ${seen.join(', ')} notes.`);
});
