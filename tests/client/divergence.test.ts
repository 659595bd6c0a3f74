import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Home } from '@dataans/client/node';
import { bytesToHex } from '@dataans/core';
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
  await refuses(a, /do not fit the chain/);
  const followed = a.store.log.cursor()?.chain ?? new Uint8Array();
  forged = { before: 1, head: 1, chain: bytesToHex(followed), already: [0, 1, 2, 3] };
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
