import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWhole, backUp, startInPlaceOf } from './healing-world.ts';
import { answer, createMeddledTransport, createWatchedTransport, problem, readAll } from './transports.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

test('[HEAL-2] the common position is found in few requests however long the log is', async (t) => {
  const first = await startServer(t);
  const watched = createWatchedTransport();
  const a = await signedIn(t, first.address, undefined, { transport: watched.transport });
  for (let round = 0; round < 20; round += 1) {
    await addNotes(a, 1);
    await sync(a);
  }
  const { server, copy } = await backUp(t, first);
  for (let round = 0; round < 44; round += 1) {
    await addNotes(a, 1);
    await sync(a);
  }
  await startInPlaceOf(t, server, copy);
  watched.take();
  assert.equal((await sync(a)).healed?.lost, 44);
  const positions = watched.take().filter((line) => /^GET \/v1\/log\/\d/.test(line));
  assert.ok(positions.length <= 6, positions.join());
});

test('[HEAL-1] a server whose log is the followed one, and which says once that it is not, is refused', async (t) => {
  const { address } = await startServer(t);
  let lies = false;
  const a = await signedIn(t, address, undefined, {
    transport: createMeddledTransport((line, _, send) => {
      if (!lies || line !== 'GET /v1/operations') return send();
      lies = false;
      return Promise.resolve(problem(409, 'log-diverged'));
    }),
  });
  await addNotes(a, 3);
  await sync(a);
  await sync(a);
  lies = true;
  const cursor = a.store.log.cursor();
  await assert.rejects(sync(a), { code: 'integrity', message: /no longer matches what this device saw/ });
  assert.deepEqual(a.store.log.cursor(), cursor);
  assert.equal(a.store.log.outboxCount(), 0);
  assert.equal(a.status().lastHealing, null);
  assert.deepEqual((await sync(a)).problems, []);
});

test('[HEAL-1] a healed log that does not lead to the chain that the server named is refused', async (t) => {
  const first = await startServer(t);
  let forges = false;
  const a = await signedIn(t, first.address, undefined, {
    transport: createMeddledTransport(async (line, _, send) => {
      const response = await send();
      if (!forges || line !== 'GET /v1/log') return response;
      const log = JSON.parse((await readAll(response)).toString()) as { head: number };
      return answer(200, JSON.stringify({ ...log, chain: '0'.repeat(64) }));
    }),
  });
  await addNotes(a, 3);
  await sync(a);
  const { server, copy } = await backUp(t, first);
  await addNotes(a, 3);
  await sync(a);
  const back = await startInPlaceOf(t, server, copy);
  const other = await signedIn(t, back.address, a);
  await sync(other);
  const texts = noteTexts(a);
  forges = true;
  await assert.rejects(sync(a), { code: 'integrity', message: /don't match the server's own checksum/ });
  assert.deepEqual(noteTexts(a), texts);
  forges = false;
  await sync(a);
  await assertWhole(t, back.address, a, other);
});

test('[HEAL-1] a log that reaches a place and does not have it is refused', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address, undefined, {
    transport: createMeddledTransport((line, _, send) =>
      line.startsWith('GET /v1/log/') ? Promise.resolve(problem(404, 'not-found')) : send(),
    ),
  });
  for (let round = 0; round < 3; round += 1) {
    await addNotes(a, 2);
    await sync(a);
  }
  const { server, copy } = await backUp(t, first);
  await addNotes(a, 2);
  await sync(a);
  await startInPlaceOf(t, server, copy);
  const cursor = a.store.log.cursor();
  await assert.rejects(sync(a), { code: 'integrity', message: /contradicts itself/ });
  assert.deepEqual(a.store.log.cursor(), cursor);
});

test('[HEAL-1] a log that is another one again in the middle of a sync is refused, and healed by the next', async (t) => {
  const first = await startServer(t);
  let lies = false;
  const a = await signedIn(t, first.address, undefined, {
    transport: createMeddledTransport((line, _, send) =>
      lies && line === 'GET /v1/operations' ? Promise.resolve(problem(409, 'log-diverged')) : send(),
    ),
  });
  await addNotes(a, 3);
  await sync(a);
  const texts = noteTexts(a);
  const server = await startInPlaceOf(t, first);
  lies = true;
  await assert.rejects(sync(a), { code: 'integrity', message: /no longer matches what this device saw/ });
  assert.deepEqual(noteTexts(a), texts);
  assert.equal(a.store.log.outboxCount(), a.store.log.operationCount());
  lies = false;
  assert.equal((await sync(a)).healed?.lost, 5);
  await assertWhole(t, server.address, a);
});
