import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, limits, type Frame } from '@dataans/core';
import fc from 'fast-check';
import { createFetchTransport } from '../../packages/client/src/browser/fetch-transport.ts';
import { createHastyClock } from '../../packages/client/src/connection/scripted-server.fixture.ts';
import { readPages } from '../../packages/client/src/sync/read-pages.ts';
import { createServerConnection } from '../../packages/client/src/connection/server-connection.ts';
import { inProcess } from '../../packages/server/src/routes/route.ts';
import { createTestApp, type TestApp } from '../../packages/server/src/testing/test-app.ts';

function connect({ app }: TestApp) {
  return createServerConnection({
    address: 'http://127.0.0.1:8000',
    transport: createFetchTransport((url, init) => app.fetch(new Request(url, init), inProcess)),
    clock: createHastyClock(),
    randomness: () => 0,
    access: () => ({ kind: 'none' }),
  });
}

function makeFrames(count: number, bytes: number): readonly Frame[] {
  const body = new Uint8Array(bytes);
  return Array.from({ length: count }, (_, number) => {
    const id = new Uint8Array(16);
    new DataView(id.buffer).setUint32(0, number);
    return { kind: 'envelope', id, body };
  });
}

/** Bodies of which so many fill a page to its last byte. */
function bodyBytes(perPage: number): number {
  return Math.floor(limits.batchBytesMax / perPage) - limits.frameHeaderBytes;
}

/** What ends a page: the number of its entries, its bytes to the last one, or one byte less or more. */
const logs = fc.constantFrom(
  { perPage: limits.batchOperationsMax, bytes: limits.envelopeBytesMin },
  ...[1, 4].flatMap((perPage) => [
    { perPage, bytes: bodyBytes(perPage) },
    { perPage, bytes: bodyBytes(perPage) - 1 },
  ]),
  { perPage: 3, bytes: bodyBytes(4) + 1 },
);
/** A device asks for a short page first. */
const firstPageOperations = 250;
const nearby = fc.integer({ min: -1, max: 1 });

test('[SRV-13] [SYN-5] a log read from and up to any multiple of a page comes whole, in order, each entry once', async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.nat(9),
      nearby,
      fc.nat(9),
      nearby,
      async ({ perPage, bytes }, pages, offset, pagesBefore, offsetBefore) => {
        const server = createTestApp();
        const frames = makeFrames(Math.max(0, pages * perPage + offset), bytes);
        await server.log.append(frames);
        const from = Math.min(frames.length, Math.max(0, pagesBefore * perPage + offsetBefore));
        const { log } = await server.log.head();
        const chain = await server.log.chainAt(from);
        assert.ok(chain !== null);
        const read: string[] = [];
        const { signal } = new AbortController();
        const run = { connection: connect(server), clock: createHastyClock(), signal };
        for await (const page of readPages(run, { log, seq: from, chain })) {
          if (read.length === 0)
            assert.equal(page.frames.length, Math.min(perPage, firstPageOperations, frames.length - from));
          read.push(...page.frames.map(({ id }) => bytesToHex(id)));
        }
        assert.deepEqual(
          read,
          frames.slice(from).map(({ id }) => bytesToHex(id)),
        );
      },
    ),
    { numRuns: 40 },
  );
});
