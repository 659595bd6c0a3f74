import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { createSecret } from '@dataans/client';
import type { WatchEvent } from '../../packages/client/src/sync/sync-engine.ts';
import type { ChunkName } from '@dataans/core';
import { createMeddledTransport } from './transports.ts';
import { addNotes, makeHome, noAccess, noteTexts, password, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** A watch that has synced once; `ended` settles when it has ended, however that comes. */
async function startWatch(home: TestHome) {
  const synced = Promise.withResolvers<void>();
  const ended = (await home.engine()).watch({
    signal: new AbortController().signal,
    onEvent: ({ type }: WatchEvent) => {
      if (type === 'synced') synced.resolve();
    },
  });
  await Promise.race([synced.promise, ended]);
  return { ended };
}

/** A transport that counts what is under way, and keeps lines of every request. */
function createCountingTransport() {
  const lines: string[] = [];
  let underWay = 0;
  const transport = createMeddledTransport(async (line, _request, send) => {
    lines.push(line);
    underWay += 1;
    try {
      return await send();
    } finally {
      underWay -= 1;
    }
  });
  return { transport, lines, underWay: () => underWay };
}

for (const erase of [false, true])
  test(`[SYN-25] a watch ends with the sign-out${erase ? ' that erases the home' : ''}, and fetches nothing more`, async (t) => {
    const { address } = await startServer(t);
    const a = await signedIn(t, address);
    await sync(a);
    const counted = createCountingTransport();
    const b = await signedIn(t, address, a, { transport: counted.transport });
    const { ended } = await startWatch(b);
    await b.signOut({ erase });
    await ended;
    const before = counted.lines.length;
    assert.equal(counted.underWay(), 0);
    await addNotes(a, 1);
    await sync(a);
    assert.equal(counted.lines.length, before);
    await assert.rejects(b.engine(), { code: 'not-signed-in' });
    if (!erase) assert.deepEqual(noteTexts(b), []);
  });

test('[SYN-25] closing a home ends its watch and waits for it; nobody opens its store again', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const { ended } = await startWatch(a);
  const engine = await a.engine();
  await a.close();
  await ended;
  await assert.rejects(engine.sync(), { code: 'storage-unusable', message: /closed/ });
  assert.throws(() => a.store, { code: 'storage-unusable' });
});

test('[SYN-25] a sync and a read that wait for the server end with the sign-out', async (t) => {
  const { address } = await startServer(t);
  const asked = Promise.withResolvers<void>();
  let hangs = false;
  const transport = createMeddledTransport(async (line, { signal }, send) => {
    if (!hangs) return send();
    if (line.startsWith('GET /v1/chunks/')) asked.resolve();
    await once(signal, 'abort');
    throw signal.reason;
  });
  const a = await signedIn(t, address, undefined, { transport });
  hangs = true;
  const fetchChunk = await a.chunkFetcher();
  const reading = assert.rejects(fetchChunk('00'.repeat(32) as ChunkName), { code: 'not-signed-in' });
  const syncing = assert.rejects(sync(a), { code: 'not-signed-in' });
  await asked.promise;
  await a.signOut();
  await Promise.all([reading, syncing]);
  assert.equal(a.status().problem, null);
});

async function countSignIn(t: TestContext, home: TestHome, server: string, lines: string[]): Promise<number> {
  const before = lines.length;
  const met = await home.meet({ server, access: noAccess });
  assert.equal((await home.meet({ server, access: noAccess })).account, met.account);
  await home.signIn({
    server,
    password,
    passphrase: createSecret('my own words'),
    access: noAccess,
    device: 'A',
  });
  t.diagnostic(lines.slice(before).join(', '));
  return lines.length - before;
}

test('[ACC-12] a sign-in asks the server five things, four if it has the account, and so does another one', async (t) => {
  const { address } = await startServer(t);
  const { transport, lines } = createCountingTransport();
  const a = await makeHome(t, { transport });
  assert.equal(await countSignIn(t, a, address, lines), 5);
  assert.equal(await countSignIn(t, a, address, lines), 4);
  await a.signOut();
  assert.equal(await countSignIn(t, a, address, lines), 4);
});
