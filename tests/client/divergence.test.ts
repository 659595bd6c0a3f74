import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import type { Home } from '@dataans/client/node';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import { answer, createMeddledTransport } from './transports.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

/** What a home holds, to see that nothing of it changed. */
function snapshot(home: Home) {
  const { log } = home.store;
  return {
    notes: noteTexts(home),
    operations: log.operationCount(),
    outbox: log.outboxCount(),
    cursor: log.cursor(),
    quarantined: log.quarantine().length,
  };
}

async function refuses(home: Home, message: RegExp): Promise<void> {
  const before = snapshot(home);
  await assert.rejects(sync(home), { code: 'integrity', message });
  assert.deepEqual(snapshot(home), before);
  assert.equal(home.status().problem?.code, 'integrity');
}

/** Servers that follow each other at one address. */
async function freePort(t: TestContext): Promise<Readonly<Record<string, string>>> {
  const server = await startServer(t);
  await server.stop();
  return { DATAANS_PORT: new URL(server.address).port };
}

test('[SYN-7] a server that was put back to an older copy is noticed, with or without something to send', async (t) => {
  const env = await freePort(t);
  const first = await startServer(t, { env });
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  await sync(a);
  await first.stop();
  const copy = await temporaryFolder(t);
  await cp(first.dataFolder, copy, { recursive: true });
  const again = await startServer(t, { env, dataFolder: first.dataFolder });
  await addNotes(a, 2);
  await sync(a);
  await again.stop();
  await startServer(t, { env, dataFolder: copy });
  await refuses(a, /not the one that this device followed up to entry 6/);
  await addNotes(a, 1);
  await refuses(a, /ends at entry 4, but this device followed it up to entry 6/);
});

test('[SYN-7] a new server in the place of the old one is noticed', async (t) => {
  const env = await freePort(t);
  const first = await startServer(t, { env });
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  await sync(a);
  await first.stop();
  await startServer(t, { env });
  await refuses(a, /not the one that this device followed/);
});

test('[SYN-7] answers that contradict themselves are refused', async (t) => {
  const { address } = await startServer(t);
  let forged: object | null = null;
  const transport = createMeddledTransport((line, _, send) =>
    line === 'POST /v1/operations' && forged !== null
      ? Promise.resolve(answer(200, JSON.stringify(forged)))
      : send(),
  );
  const a = await signedIn(t, address, undefined, { transport });
  await sync(a);
  await addNotes(a, 3);
  const chain = '0'.repeat(64);
  for (const contradiction of [
    { before: 1, head: 9, chain, already: [] },
    { before: 1, head: 2, chain, already: [0, 0, 0] },
    { before: 1, head: 4, chain, already: [7] },
  ]) {
    forged = contradiction;
    await refuses(a, /contradicts itself/);
  }
  forged = { before: 1, head: 1, chain, already: [0, 1, 2, 3] };
  await refuses(a, /operations that are not in its log/);
  forged = null;
  assert.equal((await sync(a)).sent, 4);
});

test('[SYN-7] a page that is cut off or no page at all changes nothing', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 3);
  await sync(a);
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport((line, _request, send) =>
      line === 'GET /v1/operations'
        ? Promise.resolve(answer(200, 'garbage that is no frame', { 'dataans-head': '4' }))
        : send(),
    ),
  });
  await refuses(b, /a page that is none/);
});
