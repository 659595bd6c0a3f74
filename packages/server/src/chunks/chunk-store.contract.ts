import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { hashToChunkName, utf8ToBytes, type ChunkName } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { ChunkRange, ChunkStore, ReadChunk } from './chunk-store.ts';

/** What every chunk store must do. Each test opens an empty one. */
export function testChunkStore(store: string, open: (test: TestContext) => Promise<ChunkStore>): void {
  test(`[SRV-16] ${store}: a chunk comes back as it was sent, however it was cut on the way`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(700_000);
    assert.equal(await chunks.put(nameOf(bytes), piecesOf(bytes, 65_536)), 'stored');
    assert.equal(await chunks.size(nameOf(bytes)), bytes.length);
    assert.deepEqual(await readBytes(chunks, nameOf(bytes), 'whole'), bytes);
  });

  test(`[SRV-16] ${store}: a chunk may be empty`, async (t) => {
    const chunks = await open(t);
    const name = nameOf(new Uint8Array());
    assert.equal(await chunks.put(name, piecesOf(new Uint8Array(), 1)), 'stored');
    assert.deepEqual(await readBytes(chunks, name, 'whole'), new Uint8Array());
    for (const range of [{ from: 0, to: null }, { last: 5 }])
      assert.equal(await chunks.read(name, range), 'unsatisfiable');
  });

  test(`[SRV-16] ${store}: a body whose hash is not the name is not stored under any`, async (t) => {
    const chunks = await open(t);
    const wanted = nameOf(utf8ToBytes('wanted'));
    assert.equal(await chunks.put(wanted, piecesOf(utf8ToBytes('other'), 2)), 'mismatch');
    assert.deepEqual(await chunks.list(null, 9), []);
  });

  test(`[SRV-16] ${store}: a body that fails half way is not stored, and its error is the caller's`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(600_000);
    await assert.rejects(
      chunks.put(nameOf(bytes), failingAfter(bytes.subarray(0, 400_000))),
      /gone half way/,
    );
    assert.equal(await chunks.size(nameOf(bytes)), null);
    assert.equal(await chunks.put(nameOf(bytes), piecesOf(bytes, 100_000)), 'stored');
  });

  test(`[SRV-17] ${store}: a chunk that is there already is reported`, async (t) => {
    const chunks = await open(t);
    const bytes = utf8ToBytes('twice');
    await chunks.put(nameOf(bytes), piecesOf(bytes, 3));
    assert.equal(await chunks.put(nameOf(bytes), piecesOf(bytes, 3)), 'already');
  });

  test(`[SRV-16] ${store}: other bytes under the name of a chunk that is there leave it as it is`, async (t) => {
    const chunks = await open(t);
    const bytes = utf8ToBytes('stored');
    const name = nameOf(bytes);
    await chunks.put(name, piecesOf(bytes, 3));
    for (const other of ['others', 'a longer one', ''])
      assert.equal(await chunks.put(name, piecesOf(utf8ToBytes(other), 3)), 'mismatch');
    assert.deepEqual(await readBytes(chunks, name, 'whole'), bytes);
    assert.deepEqual(await chunks.list(null, 9), [{ name, size: bytes.length }]);
  });

  test(`[SRV-16] ${store}: the same chunk from two senders at once is stored once`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(300_000);
    const outcomes = await Promise.all([
      chunks.put(nameOf(bytes), piecesOf(bytes, 65_536)),
      chunks.put(nameOf(bytes), piecesOf(bytes, 1_000)),
    ]);
    assert.ok(outcomes.includes('stored'));
    assert.ok(!outcomes.includes('mismatch'));
    assert.deepEqual(await chunks.list(null, 9), [{ name: nameOf(bytes), size: bytes.length }]);
  });

  test(`[SRV-16] ${store}: many chunks at once are all stored`, async (t) => {
    const chunks = await open(t);
    const bodies = Array.from({ length: 40 }, (_, number) => patternBytes(1_000 + number));
    const outcomes = await Promise.all(
      bodies.map((bytes) => chunks.put(nameOf(bytes), piecesOf(bytes, 400))),
    );
    assert.ok(outcomes.every((outcome) => outcome === 'stored'));
    assert.deepEqual(await chunks.missing(bodies.map(nameOf)), []);
  });

  test(`[SRV-19] ${store}: any range of a chunk can be read, and its size and place come with it`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(600_000);
    const name = nameOf(bytes);
    await chunks.put(name, piecesOf(bytes, 65_536));
    for (const [range, start, end] of [
      ['whole', 0, 600_000],
      [{ from: 0, to: 1 }, 0, 1],
      [{ from: 599_999, to: null }, 599_999, 600_000],
      [{ from: 599_999, to: 700_000 }, 599_999, 600_000],
      [{ from: 100_000, to: 500_001 }, 100_000, 500_001],
      [{ last: 7 }, 599_993, 600_000],
      [{ last: 700_000 }, 0, 600_000],
    ] as const) {
      const read = await readChunk(chunks, name, range);
      assert.deepEqual({ size: read.size, span: read.span }, { size: 600_000, span: { start, end } });
      assert.deepEqual(await bytesOf(read), bytes.slice(start, end));
    }
  });

  test(`[SRV-19] ${store}: a range with nothing of the chunk in it is told from a chunk that is not there`, async (t) => {
    const chunks = await open(t);
    const name = nameOf(utf8ToBytes('four'));
    for (const range of [{ from: 4, to: null }, { from: 9, to: 10 }, { last: 0 }]) {
      await chunks.put(name, piecesOf(utf8ToBytes('four'), 9));
      assert.equal(await chunks.read(name, range), 'unsatisfiable');
      assert.equal(await chunks.read(nameOf(utf8ToBytes('gone')), range), null);
    }
  });

  test(`[SRV-19] ${store}: a reader may stop half way`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(600_000);
    await chunks.put(nameOf(bytes), piecesOf(bytes, 65_536));
    const reader = (await readChunk(chunks, nameOf(bytes), 'whole')).body.getReader();
    await reader.read();
    await reader.cancel();
    assert.deepEqual(await readBytes(chunks, nameOf(bytes), 'whole'), bytes);
  });

  test(`[SRV-16] ${store}: what is not there is missing`, async (t) => {
    const chunks = await open(t);
    const [here, gone] = [utf8ToBytes('here'), nameOf(utf8ToBytes('gone'))];
    await chunks.put(nameOf(here), piecesOf(here, 9));
    assert.deepEqual(await chunks.missing([gone, nameOf(here)]), [gone]);
    assert.equal(await chunks.size(gone), null);
    assert.equal(await chunks.read(gone, 'whole'), null);
  });

  test(`[SRV-90] ${store}: chunks are listed in the order of their names, a page at a time`, async (t) => {
    const chunks = await open(t);
    const bodies = Array.from({ length: 30 }, (_, number) => patternBytes(number + 1));
    for (const bytes of bodies) await chunks.put(nameOf(bytes), piecesOf(bytes, 9));
    const all = bodies
      .map((bytes) => ({ name: nameOf(bytes), size: bytes.length }))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1));
    assert.deepEqual(await chunks.list(null, 30), all);
    assert.deepEqual(await chunks.list(null, 7), all.slice(0, 7));
    assert.deepEqual(await chunks.list(all[6]?.name ?? null, 7), all.slice(7, 14));
    assert.deepEqual(await chunks.list(all[22]?.name ?? null, 9), all.slice(23));
    assert.deepEqual(await chunks.list(all[29]?.name ?? null, 9), []);
  });

  test(`[SRV-28] ${store}: usage counts every chunk once, before and after it was first asked for`, async (t) => {
    const chunks = await open(t);
    const put = (text: string) => chunks.put(nameOf(utf8ToBytes(text)), piecesOf(utf8ToBytes(text), 9));
    await put('one');
    assert.deepEqual(await chunks.usage(), { count: 1, bytes: 3 });
    await put('three');
    await put('three');
    assert.deepEqual(await chunks.usage(), { count: 2, bytes: 8 });
  });
}

/** What every chunk store must do that two processes can open at once. Each test opens an empty one, twice. */
export function testChunkStorePair(
  store: string,
  openTwo: (test: TestContext) => Promise<readonly [ChunkStore, ChunkStore]>,
): void {
  test(`[SRV-16] ${store}, opened twice: what one stored the other has, reads and lists`, async (t) => {
    const [one, other] = await openTwo(t);
    const bytes = patternBytes(5_000);
    const name = nameOf(bytes);
    await other.missing([name]);
    await one.put(name, piecesOf(bytes, 999));
    assert.deepEqual(await other.missing([name]), []);
    assert.deepEqual(await readBytes(other, name, 'whole'), bytes);
    assert.deepEqual(await other.list(null, 9), [{ name, size: bytes.length }]);
    assert.equal(await other.put(name, piecesOf(bytes, 999)), 'already');
  });

  test(`[SRV-16] ${store}, opened twice: the same chunk given to both at once is stored whole`, async (t) => {
    const [one, other] = await openTwo(t);
    const bytes = patternBytes(300_000);
    const outcomes = await Promise.all(
      [one, other].map((chunks) => chunks.put(nameOf(bytes), piecesOf(bytes, 65_536))),
    );
    assert.ok(outcomes.includes('stored') && !outcomes.includes('mismatch'));
    for (const chunks of [one, other]) {
      assert.deepEqual(await readBytes(chunks, nameOf(bytes), 'whole'), bytes);
      assert.deepEqual(await chunks.list(null, 9), [{ name: nameOf(bytes), size: bytes.length }]);
    }
  });
}

export function nameOf(bytes: Uint8Array): ChunkName {
  return hashToChunkName(sha256(bytes));
}

/** Bytes without a short period, so that a piece out of place shows. */
export function patternBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 7) & 0xff);
}

export async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes)
    yield bytes.subarray(start, start + pieceBytes);
}

async function* failingAfter(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new Error('gone half way');
}

async function readChunk(chunks: ChunkStore, name: ChunkName, range: ChunkRange): Promise<ReadChunk> {
  const read = await chunks.read(name, range);
  assert.ok(read !== null && read !== 'unsatisfiable');
  return read;
}

async function readBytes(chunks: ChunkStore, name: ChunkName, range: ChunkRange): Promise<Uint8Array> {
  return bytesOf(await readChunk(chunks, name, range));
}

async function bytesOf({ body }: ReadChunk): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}
