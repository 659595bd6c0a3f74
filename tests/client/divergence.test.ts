import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, decodeFrames, encodeFrames } from '@dataans/core';
import { answer, createMeddledTransport, readAll } from './transports.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** What a home holds, to see that nothing of it changed. */
function snapshot(home: TestHome) {
  const { log } = home.store;
  return {
    notes: noteTexts(home),
    operations: log.operationCount(),
    outbox: log.outboxCount(),
    cursor: log.cursor(),
    quarantined: log.quarantine().length,
  };
}

async function refuses(home: TestHome, message: RegExp): Promise<void> {
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
  await refuses(a, /don't match the server's own checksum/);
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
  let meddle = (page: Buffer): Uint8Array => page;
  const b = await signedIn(t, address, a, {
    transport: createMeddledTransport(async (line, _, send) => {
      const response = await send();
      if (line !== 'GET /v1/operations') return response;
      const head = response.header('dataans-head') ?? '';
      return answer(200, meddle(await readAll(response)), { 'dataans-head': head });
    }),
  });
  meddle = () => Buffer.from('garbage that is no frame');
  await refuses(b, /sent damaged data/);
  meddle = (page) => page.subarray(0, -1);
  await refuses(b, /sent damaged data.*the body is cut off/);
  meddle = (page) => page.subarray(0, lastFrameStart(page) + 1);
  await refuses(b, /sent damaged data.*the header is cut off/);
  meddle = (page) => page;
  await sync(b);
  assert.deepEqual(noteTexts(b), noteTexts(a));
});

/** Where the last frame of a page begins: what is before it is a whole page. */
function lastFrameStart(page: Uint8Array): number {
  const decoded = decodeFrames(page);
  assert.ok(decoded.ok && decoded.frames.length > 1);
  return encodeFrames(decoded.frames.slice(0, -1)).length;
}
