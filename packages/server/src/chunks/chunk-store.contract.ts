import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { hashToChunkName, utf8ToBytes, type ChunkName } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { ByteSpan, ChunkStore } from './chunk-store.ts';

/** What every chunk store must do. Each test opens an empty one. */
export function testChunkStore(store: string, open: (test: TestContext) => Promise<ChunkStore>): void {
  test(`[SRV-16] ${store}: a chunk comes back as it was sent, however it was cut on the way`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(700_000);
    assert.equal(await chunks.put(nameOf(bytes), piecesOf(bytes, 65_536)), 'stored');
    assert.equal(await chunks.size(nameOf(bytes)), bytes.length);
    assert.deepEqual(await readSpan(chunks, nameOf(bytes), { start: 0, end: bytes.length }), bytes);
  });

  test(`[SRV-16] ${store}: a chunk may be empty`, async (t) => {
    const chunks = await open(t);
    const name = nameOf(new Uint8Array());
    assert.equal(await chunks.put(name, piecesOf(new Uint8Array(), 1)), 'stored');
    assert.deepEqual(await readSpan(chunks, name, { start: 0, end: 0 }), new Uint8Array());
  });

  test(`[SRV-16] ${store}: a body whose hash is not the name is not stored under any`, async (t) => {
    const chunks = await open(t);
    const wanted = nameOf(utf8ToBytes('wanted'));
    assert.equal(await chunks.put(wanted, piecesOf(utf8ToBytes('other'), 2)), 'mismatch');
    assert.deepEqual(await Array.fromAsync(chunks.walk()), []);
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
    assert.deepEqual(await readSpan(chunks, name, { start: 0, end: bytes.length }), bytes);
    assert.deepEqual(await Array.fromAsync(chunks.walk()), [{ name, size: bytes.length }]);
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
    assert.deepEqual(await Array.fromAsync(chunks.walk()), [{ name: nameOf(bytes), size: bytes.length }]);
  });

  test(`[SRV-19] ${store}: any span of a chunk can be read`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(600_000);
    await chunks.put(nameOf(bytes), piecesOf(bytes, 65_536));
    for (const [start, end] of [
      [0, 1],
      [599_999, 600_000],
      [100_000, 500_001],
    ] as const)
      assert.deepEqual(await readSpan(chunks, nameOf(bytes), { start, end }), bytes.slice(start, end));
  });

  test(`[SRV-19] ${store}: a reader may stop half way`, async (t) => {
    const chunks = await open(t);
    const bytes = patternBytes(600_000);
    await chunks.put(nameOf(bytes), piecesOf(bytes, 65_536));
    const body = await chunks.read(nameOf(bytes), { start: 0, end: bytes.length });
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    assert.deepEqual(await readSpan(chunks, nameOf(bytes), { start: 0, end: bytes.length }), bytes);
  });

  test(`[SRV-16] ${store}: what is not there is missing`, async (t) => {
    const chunks = await open(t);
    const [here, gone] = [utf8ToBytes('here'), nameOf(utf8ToBytes('gone'))];
    await chunks.put(nameOf(here), piecesOf(here, 9));
    assert.deepEqual(await chunks.missing([gone, nameOf(here)]), [gone]);
    assert.equal(await chunks.size(gone), null);
    assert.equal(await chunks.read(gone, { start: 0, end: 1 }), null);
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

async function readSpan(chunks: ChunkStore, name: ChunkName, span: ByteSpan): Promise<Uint8Array> {
  const body = await chunks.read(name, span);
  assert.ok(body !== null);
  return new Uint8Array(await new Response(body).arrayBuffer());
}
