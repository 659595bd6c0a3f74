import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { acknowledgeFindings } from '../../packages/client/src/status/acknowledged.ts';
import { encodeFrames, framesMediaType } from '@dataans/core';
import { attach, attachRandomFile } from './attach.ts';
import {
  assertWhole,
  backUp,
  copyHome,
  copyOf,
  createHastyClock,
  cutAfter,
  deleteFile,
  headOf,
  missingChunks,
  startInPlaceOf,
} from './healing-world.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

test('[HEAL-3] a server that was put back to an older copy gets what it has lost, and nobody loses anything', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  await sync(a);
  const { server, copy } = await backUp(t, first);
  for (const count of [3, 4, 5]) {
    await addNotes(a, count);
    await sync(a);
  }
  const texts = noteTexts(a);
  const back = await startInPlaceOf(t, server, copy);
  const report = await sync(a);
  assert.deepEqual([report.healed?.lost, report.sent, report.problems], [12, 12, []]);
  assert.deepEqual(noteTexts(a), texts);
  assert.deepEqual(a.status().lastHealing, report.healed);
  assert.equal((await sync(a)).healed, null);
  await assertWhole(t, back.address, a);
});

test('[HEAL-3] what waits to be sent goes to the server together with what it has lost', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  await sync(a);
  const { server, copy } = await backUp(t, first);
  await addNotes(a, 4);
  await sync(a);
  const back = await startInPlaceOf(t, server, copy);
  await addNotes(a, 1);
  assert.equal((await sync(a)).healed?.lost, 4);
  await assertWhole(t, back.address, a);
});

test('[HEAL-3] a log that has grown past the cursor since it was put back is healed too', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  await sync(a);
  const b = await signedIn(t, first.address, a);
  await sync(b);
  await sync(a);
  const { server, copy } = await backUp(t, first);
  await addNotes(a, 2);
  await sync(a);
  const back = await startInPlaceOf(t, server, copy);
  await addNotes(b, 2);
  await sync(b); // As long as what `a` followed, and another log.
  const [c, d, e] = [await copyHome(t, a), await copyHome(t, a), await copyHome(t, a)];
  await addNotes(e, 1); // Its batch is taken, and leads to another chain.
  assert.equal((await sync(e)).healed?.lost, 2);
  assert.equal((await sync(a)).healed?.lost, 0);
  await addNotes(b, 9);
  await sync(b);
  await addNotes(c, 1);
  assert.equal((await sync(c)).healed?.lost, 0);
  assert.equal((await sync(d)).healed?.lost, 0);
  await assertWhole(t, back.address, a, b, c, d, e);
});

test('[HEAL-3] two devices that heal at once do not fight', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await attachRandomFile(a, 1_500_000);
  await addNotes(a, 1_500);
  await sync(a);
  const b = await signedIn(t, first.address, a);
  await sync(b);
  await sync(a);
  await addNotes(b, 5);
  const server = await startInPlaceOf(t, first);
  const reports = await Promise.all([sync(a), sync(b)]);
  assert.deepEqual(
    reports.flatMap(({ problems }) => problems),
    [],
  );
  await assertWhole(t, server.address, a, b);
});

test('[HEAL-6] contents go again with whoever holds them, those of deleted files too', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  const film = randomBytes(1_200_000);
  const sealed = await attach(a, 'film', film);
  const gone = await attachRandomFile(a, 5_000);
  await deleteFile(a, 5_000);
  await sync(a);
  const b = await signedIn(t, first.address, a);
  await (await b.engine()).sync({ fetchFiles: false });
  const server = await startInPlaceOf(t, first);
  const blind = await (await b.engine()).sync({ fetchFiles: false }); // It has none of the contents.
  assert.deepEqual([blind.problems, blind.held, blind.chunksSent], [[], 0, 0]);
  const report = await sync(a);
  assert.deepEqual([report.problems, report.chunksSent], [[], 3]);
  await sync(b);
  assert.ok(await (await b.files()).isHeld(sealed));
  const c = await signedIn(t, server.address, a);
  await sync(c);
  const pieces: Uint8Array[] = [];
  for await (const piece of (await c.files()).open(sealed)) pieces.push(piece);
  assert.deepEqual(Buffer.concat(pieces), film);
  const fetched: Uint8Array[] = [];
  for await (const piece of (await c.files()).open(gone, { fetchChunk: await c.chunkFetcher() }))
    fetched.push(piece);
  assert.equal(Buffer.concat(fetched).length, 5_000);
});

test('[HEAL-7] what this device cannot use yet goes to the wiped server as it came', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 1);
  await sync(a);
  // An envelope of a version to come.
  const frame = {
    kind: 'envelope',
    id: randomBytes(16),
    body: Buffer.concat([Buffer.of(9), randomBytes(99)]),
  } as const;
  await fetch(`${first.address}/v1/operations`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: Buffer.from(encodeFrames([frame])),
  });
  assert.equal((await sync(a)).quarantined, 1);
  const server = await startInPlaceOf(t, first);
  await sync(a);
  assert.equal(a.status().quarantined, 1);
  const b = await signedIn(t, server.address, a);
  assert.equal((await sync(b)).quarantined, 1);
});

test('[HEAL-9] chunks that the server lost come back within a day, although its log shows nothing', async (t) => {
  const first = await startServer(t);
  const clock = createHastyClock();
  let laterMs = 0;
  const a = await signedIn(t, first.address, undefined, {
    clock: { ...clock, now: () => clock.now() + laterMs },
  });
  const b = await signedIn(t, first.address, a);
  const syncWithoutFiles = async () => (await b.engine()).sync({ fetchFiles: false });
  await sync(a);
  await syncWithoutFiles();
  const { server, copy } = await backUp(t, first);
  const film = await attachRandomFile(a, 5_000);
  await sync(a);
  await syncWithoutFiles();
  const back = await startInPlaceOf(t, server, copy);
  await syncWithoutFiles(); // The same operations at the same places, and no content.
  assert.equal((await sync(a)).healed, null);
  assert.equal((await missingChunks(back.address, film)).length, 1);
  laterMs = 25 * 60 * 60 * 1_000;
  assert.equal((await sync(a)).chunksSent, 1);
  assert.deepEqual(await missingChunks(back.address, film), []);
  await assertWhole(t, back.address, a, b);
});

test('[HEAL-3] a healing that is cut off after any number of requests goes on at the next sync', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  await sync(a);
  const { server, copy } = await backUp(t, first);
  const film = await attachRandomFile(a, 1_500_000);
  await addNotes(a, 1_200);
  await sync(a);
  const texts = noteTexts(a);
  let current = server;
  for (const data of [copy, null]) {
    for (let requests = 1, isWhole = false; !isWhole; requests += 1) {
      assert.ok(requests < 30, 'a healing takes a bounded number of requests');
      current = await startInPlaceOf(t, current, data === null ? undefined : await copyOf(t, data));
      const line = cutAfter(requests);
      const device = await copyHome(t, a, { transport: line.transport, clock: createHastyClock() });
      await sync(device).catch((error: unknown) => {
        assert.equal((error as { code?: unknown }).code, 'server-unreachable', String(error));
      });
      isWhole = !line.isCut();
      line.mend();
      const { problems } = await sync(device);
      assert.deepEqual(problems, []);
      assert.deepEqual(noteTexts(device), texts);
      assert.equal(device.store.log.outboxCount(), 0);
      assert.equal(device.status().lastHealing?.done, true);
      assert.equal(device.status().lastHealing?.lost, data === null ? 1_206 : 1_202);
      assert.equal(await headOf(current.address), 1_206);
      assert.deepEqual(await missingChunks(current.address, film), []);
    }
  }
});

test('[HEAL-10] a server that is set up anew again and again is given everything once, and then a person is asked', async (t) => {
  let server = await startServer(t);
  const a = await signedIn(t, server.address);
  await addNotes(a, 1_200);
  await sync(a);
  server = await startInPlaceOf(t, server);
  assert.equal((await sync(a)).healed?.lost, 1_202);
  assert.equal(a.status().findingCount, 0);

  server = await startInPlaceOf(t, server);
  await assert.rejects(sync(a), { code: 'integrity', message: /asking again for 1202 changes/ });
  await addNotes(a, 1);
  await assert.rejects(sync(a), { code: 'integrity' });
  assert.equal(await headOf(server.address), 0, 'nothing is sent');
  assert.deepEqual(
    a.status().findings.map(({ kind }) => kind),
    ['lost-again'],
  );
  assert.equal(a.status().state, 'problem');
  assert.equal(noteTexts(a).length, 1_201, 'nothing is lost');

  acknowledgeFindings(a.store);
  assert.equal((await sync(a)).healed?.lost, 1_202);
  assert.equal(a.status().findingCount, 0);
  await assertWhole(t, server.address, a);
});
