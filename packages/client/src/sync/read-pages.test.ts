import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame, LogId } from '@dataans/core';
import fc from 'fast-check';
import { createSystemClock } from '../node/clock.ts';
import { numberedUuid } from '../testing/test-store.ts';
import { readPages } from './read-pages.ts';
import type { Page, PageRange, ServerConnection } from '../connection/server-connection.ts';

const log = numberedUuid<LogId>('1a9', 1);
const chain = new Uint8Array(32);
const signal = new AbortController().signal;
const clock = createSystemClock();

/** A log whose entries have these sizes, read in pages that keep both bounds, as a server does. */
function serve(sizes: readonly number[], bounds: { readonly entries: number; readonly bytes: number }) {
  let open = 0;
  let openMax = 0;
  const readPage = async ({ after, limit }: PageRange): Promise<Page> => {
    open += 1;
    openMax = Math.max(openMax, open);
    const frames: Frame[] = [];
    let bytes = 0;
    for (let seq = after; seq < sizes.length && frames.length < Math.min(limit, bounds.entries); seq += 1) {
      bytes += sizes[seq] ?? 0;
      if (bytes > bounds.bytes && frames.length > 0) break;
      frames.push({ kind: 'envelope', id: Uint8Array.of(seq), body: new Uint8Array() });
    }
    await Promise.resolve();
    open -= 1;
    return { frames, head: sizes.length };
  };
  return { connection: connect(readPage), openMax: () => openMax };
}

function connect(readPage: (range: PageRange) => Promise<Page | null>): ServerConnection {
  // Only these two are used by what is tested.
  return { address: 'http://notes.example', readPage } as ServerConnection;
}

async function collect(
  connection: ServerConnection,
  from = 0,
  expectedHead?: number,
): Promise<readonly number[]> {
  const places: number[] = [];
  for await (const page of readPages({ connection, clock, signal }, { log, seq: from, chain }, expectedHead))
    places.push(...page.frames.map((frame) => frame.id[0] ?? -1));
  return places;
}

test('[SYN-5] entries come in order, each once, however large they are and wherever pages are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 80 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 50, max: 300 }),
      fc.nat(80),
      fc.option(fc.nat(1_500), { nil: undefined }),
      async (sizes, entries, bytes, start, expectedHead) => {
        const from = Math.min(start, sizes.length);
        const { connection } = serve(sizes, { entries, bytes });
        const expected = sizes.map((_, seq) => seq).slice(from);
        assert.deepEqual(await collect(connection, from, expectedHead), expected);
      },
    ),
  );
});

test('[SYN-5] pages are asked for ahead of the one that is being stored, three at most', async () => {
  const { connection, openMax } = serve(
    Array.from({ length: 100 }, () => 1),
    { entries: 5, bytes: 1_000 },
  );
  await collect(connection);
  assert.equal(openMax(), 3);
});

test('[SYN-22] pages of a log that was heard to be long are asked for before the first one is here', async () => {
  const asked: number[] = [];
  const { promise: first, resolve } = Promise.withResolvers<Page>();
  const connection = connect(({ after }) => {
    asked.push(after);
    return after === 0 ? first : Promise.resolve({ frames: [], head: 0 });
  });
  const collected = collect(connection, 0, 5_000);
  assert.deepEqual(asked, [0]);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.deepEqual(asked, [0, 250, 750]);
  resolve({ frames: [], head: 0 });
  assert.deepEqual(await collected, []);
});

test('[SYN-5] a log that was put back to an earlier end meanwhile is read to that end, and not asked on', async () => {
  const whole = serve([60, 60, 60, 60, 60, 60], { entries: 2, bytes: 100 });
  const short = serve([60, 60, 60], { entries: 2, bytes: 100 });
  let requests = 0;
  const connection = connect((range) => {
    requests += 1;
    assert.ok(requests < 20, 'It asks without an end.');
    return (range.after < 3 ? whole : short).connection.readPage(range, signal);
  });
  assert.deepEqual(await collect(connection), [0, 1, 2]);
});

test('[SYN-16] an empty log and one without anything new take one request', async () => {
  let requests = 0;
  const connection = connect(({ after }) => {
    requests += 1;
    return Promise.resolve({ frames: [], head: after });
  });
  await collect(connection, 7);
  assert.equal(requests, 1);
});

test('[SYN-7] a page that contradicts its log is refused', async () => {
  const frame: Frame = { kind: 'envelope', id: new Uint8Array(16), body: new Uint8Array() };
  const pages: readonly (Page | null)[] = [
    null,
    { frames: [], head: 3 },
    { frames: [], head: 9 },
    { frames: [frame, frame], head: 6 },
  ];
  for (const page of pages)
    await assert.rejects(
      collect(
        connect(() => Promise.resolve(page)),
        5,
      ),
      { code: 'integrity' },
    );
});
