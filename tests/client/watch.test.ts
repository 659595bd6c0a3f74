import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { createSecret } from '@dataans/client';
import type { WatchEvent } from '../../packages/client/src/sync/sync-engine.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import type { ServerProcess } from '../world/server.ts';
import { answer, createMeddledTransport } from './transports.ts';
import {
  addNotes,
  makeHome,
  noteTexts,
  password,
  signedIn,
  startServer,
  startServerProcess,
  sync,
} from './world.ts';
import { makeToken, revokeToken } from './tokens.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** A watch that is stopped when the test has ended, and a way to wait for what it tells. */
async function startWatch(t: TestContext, home: TestHome) {
  const told = new EventEmitter();
  const events: WatchEvent[] = [];
  const abort = new AbortController();
  const engine = await home.engine();
  const running = engine.watch({
    signal: abort.signal,
    onEvent: (event) => {
      events.push(event);
      told.emit('event');
    },
  });
  const stop = async (): Promise<void> => {
    abort.abort();
    await running;
  };
  afterTest(t, stop);
  const until = async (isMet: () => boolean): Promise<void> => {
    while (!isMet()) await once(told, 'event');
  };
  const has = (type: WatchEvent['type']): boolean => events.some((event) => event.type === type);
  return { events, until, has, stop };
}

test('[SYN-11] what is recorded on one device appears on another that watches', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await sync(a);
  const b = await signedIn(t, address, a);
  const watchA = await startWatch(t, a);
  const watchB = await startWatch(t, b);
  await watchA.until(() => watchA.has('connected'));
  await watchB.until(() => watchB.has('connected'));
  await addNotes(a, 3);
  await watchB.until(() => noteTexts(b).length === 3);
  await addNotes(b, 2);
  await watchA.until(() => noteTexts(a).length === 5);
  assert.deepEqual(noteTexts(a), noteTexts(b));
});

test('[SYN-20] a head that the log does not reach is told as a contradiction, and asked for no more', async (t) => {
  const { address } = await startServer(t);
  const transport = createMeddledTransport((line, { signal }, send) =>
    line === 'GET /v1/events' ? Promise.resolve({ ...answer(200, ''), body: tellHead(999, signal) }) : send(),
  );
  const a = await signedIn(t, address, undefined, { transport });
  const watchA = await startWatch(t, a);
  const synced = () => watchA.events.filter(({ type }) => type === 'synced').length;
  await watchA.until(() => watchA.has('disconnected') || synced() > 50);
  const told = watchA.events.find((event) => event.type === 'disconnected');
  assert.equal(told?.error.code, 'integrity');
  assert.match(told.error.message, /contradicts itself: it tells of entry 999, and its log ends at entry 1/);
  assert.ok(synced() <= 3, String(synced()));
});

/** An event stream that tells of one head and stays open. */
async function* tellHead(head: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`event: head\ndata: ${JSON.stringify({ head, chain: '0'.repeat(64) })}\n\n`);
  if (!signal.aborted) await once(signal, 'abort');
}

test('[SYN-11] a change that another process recorded in the same home is sent', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const watchA = await startWatch(t, a);
  await watchA.until(() => watchA.has('connected') && watchA.has('synced'));
  const other = await makeHome(t, { directory: a.directory });
  for (const count of [1, 2, 3]) {
    const before = watchA.events.length;
    await addNotes(other, 1);
    const isSent = (event: WatchEvent): boolean => event.type === 'synced' && event.report.sent > 0;
    await watchA.until(() => watchA.events.slice(before).some(isSent)); // It waits for the next change from here on.
    assert.equal(noteTexts(a).length, count);
  }
});

test('[SYN-11] a server that goes away and comes back is met again, and nothing is lost', async (t) => {
  const first = await startServerProcess(t);
  const { port } = new URL(first.address);
  const a = await signedIn(t, first.address);
  const watchA = await startWatch(t, a);
  await watchA.until(() => watchA.has('connected') && watchA.has('synced'));
  await killServer(first);
  await watchA.until(() => watchA.has('disconnected'));
  await addNotes(a, 2);
  const before = watchA.events.length;
  await startServer(t, { dataFolder: first.dataFolder, env: { DATAANS_PORT: port } });
  await watchA.until(() => watchA.events.slice(before).some((event) => event.type === 'connected'));
  await watchA.until(() => a.store.log.outboxCount() === 0);
  assert.equal(noteTexts(a).length, 2);
});

test('[SYN-11] a refused credential pauses the watch until somebody has signed in again', async (t) => {
  const server = await startServer(t, { env: { DATAANS_AUTH: 'token' } });
  const a = await makeHome(t);
  const request = {
    server: server.address,
    password,
    passphrase: createSecret('my own words'),
    device: 'Laptop',
  };
  await a.signIn({ ...request, access: await makeToken(server, 'first') });
  const watchA = await startWatch(t, a);
  await watchA.until(() => watchA.has('connected') && watchA.has('synced'));
  await revokeToken(server, 'first');
  await addNotes(a, 2);
  await watchA.until(() => watchA.has('paused'));
  assert.ok(a.store.log.outboxCount() > 0);
  assert.equal(noteTexts(a).length, 2);
  const other = await makeHome(t, { directory: a.directory });
  await other.signIn({ ...request, access: await makeToken(server, 'second') });
  await watchA.until(() => a.store.log.outboxCount() === 0);
});

test('a watch that is stopped ends at once, whatever it is waiting for', async (t) => {
  const server = await startServerProcess(t);
  const a = await signedIn(t, server.address);
  const watchA = await startWatch(t, a);
  await watchA.until(() => watchA.has('connected'));
  await killServer(server);
  await watchA.until(() => watchA.has('disconnected'));
  await watchA.stop();
});

test('[SYN-11] a watching device heals a server that comes back empty', async (t) => {
  const server = await startServer(t);
  const a = await signedIn(t, server.address);
  await addNotes(a, 3);
  const watchA = await startWatch(t, a);
  await watchA.until(() => watchA.has('connected') && a.store.log.outboxCount() === 0);
  await server.stop();
  await watchA.until(() => watchA.has('disconnected'));
  await startServer(t, { env: { DATAANS_PORT: new URL(server.address).port } });
  const isHealed = (event: WatchEvent): boolean => event.type === 'synced' && event.report.healed !== null;
  await watchA.until(() => watchA.events.some(isHealed));
  const b = await signedIn(t, server.address, a);
  await sync(b);
  assert.deepEqual(noteTexts(b), noteTexts(a));
});

async function killServer({ program }: ServerProcess): Promise<void> {
  program.kill('SIGKILL');
  await program.ended;
}

test('[ACC-11] a watch ends when its home is signed out by another command, and receives nothing more', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await sync(a);
  const same = await makeHome(t, { directory: a.directory });
  const engine = await a.engine();
  const connected = Promise.withResolvers<void>();
  const watching = engine.watch({
    signal: new AbortController().signal,
    onEvent: ({ type }) => type === 'connected' && connected.resolve(),
  });
  await connected.promise;
  const ended = assert.rejects(watching, {
    code: 'not-signed-in',
    message: /signed out while this was running/,
  });
  await same.signOut();
  await ended;
});
