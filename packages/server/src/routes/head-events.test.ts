import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, headMessage, paths } from '@dataans/core';
import * as v from 'valibot';
import type { Identity } from '../auth/authenticator.ts';
import { createIdentity } from '../auth/identity.ts';
import type { LogHead } from '../log/log-store.ts';
import { Refusal } from '../problems/refusal.ts';
import { envelopeFrame, envelopeFrames } from '../testing/frames.ts';
import { assertRefused, createTestApp, type TestApp } from '../testing/test-app.ts';
import { eventStreamsMax } from './events.ts';
import { heartbeatMs } from './head-events.ts';

test('[SRV-14] the head comes at once and after every append', async () => {
  const testApp = createTestApp();
  const reader = await openEvents(testApp);
  assert.equal(await readHead(reader), 0);
  await testApp.log.append(envelopeFrames('operation', 2));
  assert.equal(await readHead(reader), 2);
  await testApp.log.append([envelopeFrame('one more')]);
  assert.equal(await readHead(reader), 3);
});

test('[SRV-14] an event is the head as the log tells it, under the name head', async () => {
  const testApp = createTestApp();
  await testApp.log.append([envelopeFrame('a')]);
  const { chain } = await testApp.log.head();
  const event = await readText(await openEvents(testApp));
  assert.equal(event, `event: head\ndata: {"head":1,"chain":"${bytesToHex(chain)}"}\n\n`);
});

test('[SRV-14] the answer is one that no proxy keeps back', async () => {
  const answer = await createTestApp().send('GET', paths.events);
  assert.equal(answer.headers.get('content-type'), 'text/event-stream');
  assert.equal(answer.headers.get('cache-control'), 'no-cache, no-transform');
  assert.equal(answer.headers.get('x-accel-buffering'), 'no');
  await answer.body?.cancel();
});

test('[SRV-14] a head that no notice told of comes with the next heartbeat', async () => {
  const { log } = createTestApp();
  const testApp = createTestApp({ log, heads: { subscribe: () => () => {} } });
  const reader = await openEvents(testApp);
  assert.equal(await readHead(reader), 0);
  await log.append(envelopeFrames('operation', 2));
  await testApp.clock.advance(heartbeatMs);
  assert.equal(await readHead(reader), 2);
});

test('[SRV-14] a stream ends when the log cannot be read, so that its reader asks again', async () => {
  const { log } = createTestApp();
  let heads = 0;
  const head = () => (heads++ === 0 ? log.head() : Promise.reject(new Error('EIO')));
  const testApp = createTestApp({ log: { ...log, head } });
  const reader = await openEvents(testApp);
  assert.equal(await readHead(reader), 0);
  await testApp.clock.advance(heartbeatMs);
  assert.equal((await reader.read()).done, true);
});

test('[SRV-15] a reader that is slow gets the newest head and none between', async () => {
  const testApp = createTestApp();
  const reader = await openEvents(testApp);
  for (const frame of envelopeFrames('operation', 100)) await testApp.log.append([frame]);
  assert.equal(await readHead(reader), 0);
  assert.equal(await readHead(reader), 100);
  await testApp.log.append([envelopeFrame('one more')]);
  assert.equal(await readHead(reader), 101);
});

test('[SRV-15] a head that was asked for before others came does not take their place', async () => {
  const { log, heads } = createTestApp();
  const asked = Promise.withResolvers<LogHead>();
  const testApp = createTestApp({ log: { ...log, head: () => asked.promise }, heads });
  const before = await log.head();
  const reader = await openEvents(testApp);
  await log.append([envelopeFrame('a')]);
  await log.append([envelopeFrame('b')]);
  asked.resolve(before);
  assert.equal(await readHead(reader), 1);
  assert.equal(await readHead(reader), 2);
});

test('[SRV-14] a stream whose log cannot be read ends and keeps nothing', async () => {
  const { log } = createTestApp();
  const testApp = createTestApp({ log: { ...log, head: () => Promise.reject(new Error('damaged')) } });
  const reader = await openEvents(testApp);
  await assert.rejects(reader.read(), { message: 'damaged' });
  assert.equal(testApp.clock.pending(), 0);
});

test('[SRV-14] a silent stream carries a comment every 25 seconds, but not for who does not read', async () => {
  const testApp = createTestApp();
  const reader = await openEvents(testApp);
  await readHead(reader);
  await testApp.clock.advance(3 * heartbeatMs);
  assert.equal(await readText(reader), ':\n\n');
  await testApp.log.append([envelopeFrame('a')]);
  assert.equal(await readHead(reader), 1);
});

test('[SRV-14] a stream ends when the identity expires', async () => {
  let expires = 0;
  const testApp = createTestApp({ authenticate: async () => identity(expires) });
  expires = testApp.clock.now() + heartbeatMs + 10;
  const reader = await openEvents(testApp);
  await readHead(reader);
  await testApp.clock.advance(heartbeatMs + 9);
  assert.equal(await readText(reader), ':\n\n');
  await testApp.clock.advance(1);
  assert.equal((await reader.read()).done, true);
  assert.equal(testApp.clock.pending(), 0);
});

test('[SRV-14] a stream ends at the heartbeat after the caller was shut out', async () => {
  let allowed = true;
  const testApp = createTestApp({
    authenticate: async () => {
      if (!allowed) throw new Refusal('unauthorized', 'Revoked.');
      return identity(null);
    },
  });
  const reader = await openEvents(testApp);
  await readHead(reader);
  allowed = false;
  await testApp.clock.advance(heartbeatMs);
  assert.equal((await reader.read()).done, true);
});

test('[SRV-32] streams end when the server stops, and one asked for after that ends at once', async () => {
  const stopping = new AbortController();
  const testApp = createTestApp({ stopping: stopping.signal });
  const reader = await openEvents(testApp);
  await readHead(reader);
  stopping.abort();
  assert.equal((await reader.read()).done, true);
  const late = await openEvents(testApp);
  assert.equal(await readHead(late), 0);
  assert.equal((await late.read()).done, true);
});

test('[SRV-15] a stream that its reader left keeps nothing', async () => {
  const testApp = createTestApp();
  const reader = await openEvents(testApp);
  await readHead(reader);
  assert.match(await metricsText(testApp), /dataans_event_streams 1/);
  await reader.cancel();
  assert.equal(testApp.clock.pending(), 0);
  assert.match(await metricsText(testApp), /dataans_event_streams 0/);
  await testApp.log.append([envelopeFrame('a')]);
});

test('[SRV-15] no more streams are open at once than the server can hold', async () => {
  const testApp = createTestApp();
  const [first] = await Promise.all(Array.from({ length: eventStreamsMax }, () => openEvents(testApp)));
  await assertRefused(await testApp.send('GET', paths.events), 'too-many-requests');
  await first?.cancel();
  assert.equal(await readHead(await openEvents(testApp)), 0);
});

test('[SRV-14] HEAD of the events opens no stream', async () => {
  const testApp = createTestApp();
  const answer = await testApp.send('HEAD', paths.events);
  assert.equal(answer.status, 200);
  assert.match(await metricsText(testApp), /dataans_event_streams 0/);
});

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function openEvents({ send }: TestApp): Promise<Reader> {
  const { body } = await send('GET', paths.events);
  assert.ok(body !== null);
  return body.getReader();
}

async function readText(reader: Reader): Promise<string> {
  return new TextDecoder().decode((await reader.read()).value);
}

async function readHead(reader: Reader): Promise<number> {
  const [, data = ''] = /^event: head\ndata: (.*)\n\n$/.exec(await readText(reader)) ?? [];
  return v.parse(headMessage, JSON.parse(data)).head;
}

async function metricsText({ send }: TestApp): Promise<string> {
  return (await send('GET', '/metrics')).text();
}

function identity(expires: number | null): Identity {
  return createIdentity('test', 'tester', expires);
}
