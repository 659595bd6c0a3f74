import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { encodeFrames, framesMediaType } from '@dataans/core';
import {
  answer,
  createMeddledTransport,
  createWatchedTransport,
  cutOff,
  problem,
  readAll,
} from './transports.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

test('[SYN-9] what one device recorded is on the other after both have synced', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 30);
  const sent = await sync(a);
  assert.equal(sent.sent, 32);
  assert.deepEqual(sent.problems, []);
  const b = await signedIn(t, address, a);
  const received = await sync(b);
  assert.equal(received.received, 32);
  assert.equal(received.sent, 1);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  assert.equal((await sync(a)).received, 1);
  assert.equal(b.store.log.outboxCount(), 0);
});

test('[SYN-9] a batch whose acknowledgement was lost is sent again and stored once', async (t) => {
  const { address } = await startServer(t);
  let losses = 1;
  const transport = createMeddledTransport(async (line, _, send) => {
    const response = await send();
    if (line !== 'POST /v1/operations' || losses === 0) return response;
    losses -= 1;
    await readAll(response);
    throw cutOff();
  });
  const a = await signedIn(t, address, undefined, { transport });
  await addNotes(a, 5);
  assert.deepEqual((await sync(a)).problems, []);
  assert.equal(losses, 0);
  assert.equal(a.store.log.outboxCount(), 0);
  const b = await signedIn(t, address, a);
  assert.equal((await sync(b)).received, 7);
});

test('[SYN-9] a row stays in the outbox when the server names another chain for it', async (t) => {
  const { address } = await startServer(t);
  const transport = createMeddledTransport(async (line, _, send) => {
    const response = await send();
    if (line !== 'POST /v1/operations') return response;
    const appended = JSON.parse((await readAll(response)).toString()) as object;
    return answer(200, JSON.stringify({ ...appended, chain: '0'.repeat(64) }));
  });
  const a = await signedIn(t, address, undefined, { transport });
  await addNotes(a, 3);
  const pending = a.store.log.outboxCount();
  await assert.rejects(sync(a), { code: 'integrity' });
  assert.equal(a.store.log.outboxCount(), pending);
});

test('[SYN-5] [SYN-6] an interrupted first download goes on where it ended', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 3_400);
  await sync(a);
  let pagesMax = 2;
  let pages = 0;
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport((line, _, send) => {
      if (line === 'GET /v1/operations') pages += 1;
      return pages > pagesMax ? Promise.reject(cutOff()) : send();
    }),
  });
  await assert.rejects(sync(b), { code: 'server-unreachable' });
  const between = b.store.log.cursor()?.seq ?? 0;
  assert.ok(between > 0 && between < 3_402, `the cursor is at ${between}`);
  assert.equal(b.store.log.operationCount(), between + 1);
  pagesMax = 100;
  assert.equal((await sync(b)).received, 3_402 - between);
  assert.deepEqual(noteTexts(b), noteTexts(a));
});

test('[SYN-6] entries that do not lead to the chain that the server named are refused', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 3);
  await sync(a);
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport(async (line, _, send) => {
      const response = await send();
      if (line !== 'GET /v1/operations') return response;
      const body = await readAll(response);
      body.writeUInt8(body.readUInt8(100) ^ 1, 100);
      return answer(200, body, { 'dataans-head': response.header('dataans-head') ?? '' });
    }),
  });
  const before = b.store.log.operationCount();
  await assert.rejects(sync(b), { code: 'integrity', message: /don't match the server's own checksum/ });
  assert.equal(b.store.log.operationCount(), before);
  assert.equal(b.store.log.cursor()?.seq, 0);
});

test('[SYN-8] what cannot be opened is kept apart and stops nothing', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 2);
  await sync(a);
  const garbage = encodeFrames([{ kind: 'envelope', id: randomBytes(16), body: randomBytes(100) }]);
  const posted = await fetch(`${address}/v1/operations`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: Buffer.from(garbage),
  });
  assert.equal(posted.status, 200);
  await addNotes(a, 1);
  const report = await sync(a);
  assert.equal(report.quarantined, 1);
  const b = await signedIn(t, address, a);
  assert.equal((await sync(b)).quarantined, 1);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  assert.equal(b.status().quarantined, 1);
});

test('[SYN-10] one operation that the server will not take stays here, all others are sent', async (t) => {
  const { address } = await startServer(t);
  let refused: Buffer | null = null;
  const transport = createMeddledTransport((line, request, send) => {
    const isRefused =
      line === 'POST /v1/operations' && refused !== null && Buffer.from(request.body ?? []).includes(refused);
    return isRefused ? Promise.resolve(problem(413, 'too-large')) : send();
  });
  const a = await signedIn(t, address, undefined, { transport });
  await addNotes(a, 20);
  const [, , , , row] = a.store.log.outbox({ operations: 10, bytes: 1_000_000 });
  assert.ok(row !== undefined);
  refused = Buffer.from(row.id);
  const report = await sync(a);
  assert.equal(report.sent, 21);
  assert.equal(report.held, 1);
  assert.deepEqual(
    report.problems.map((found) => found.code),
    ['too-large'],
  );
  assert.equal(a.store.log.outboxCount(), 1);
  assert.equal(a.status().problem?.code, 'too-large');
  refused = null;
  assert.equal((await sync(a)).sent, 1);
  assert.equal(a.status().problem, null);
});

for (const code of ['storage-full', 'over-quota'] as const)
  test(`[SYN-10] a server that is full (${code}) takes nothing more and still gives`, async (t) => {
    const { address } = await startServer(t);
    let full = false;
    const transport = createMeddledTransport((line, _, send) =>
      full && line === 'POST /v1/operations' ? Promise.resolve(problem(507, code)) : send(),
    );
    const a = await signedIn(t, address, undefined, { transport });
    await sync(a);
    const b = await signedIn(t, address, a);
    await addNotes(b, 2);
    await sync(b);
    full = true;
    await addNotes(a, 3);
    const report = await sync(a);
    assert.equal(report.received, 4);
    assert.equal(report.sent, 0);
    assert.deepEqual(
      report.problems.map((found) => found.code),
      [code],
    );
    full = false;
    assert.equal((await sync(a)).sent, 4);
  });

test('[SYN-16] a sync is one request when nothing changed or one side has something new', async (t) => {
  const { address } = await startServer(t);
  const watched = createWatchedTransport();
  const a = await signedIn(t, address, undefined, { transport: watched.transport });
  await sync(a);
  const b = await signedIn(t, address, a);
  await sync(b);
  await sync(a);
  watched.take();
  await sync(a);
  assert.deepEqual(watched.take(), ['GET /v1/operations']);
  await addNotes(a, 1);
  await sync(a);
  assert.deepEqual(watched.take(), ['POST /v1/operations']);
  await sync(b);
  await addNotes(b, 1);
  await sync(b);
  await sync(a);
  assert.deepEqual(watched.take(), ['GET /v1/operations']);
  assert.deepEqual(noteTexts(a), noteTexts(b));
});
