import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashToChunkName, limits, type ChunkName, type Primitives } from '@dataans/core';
import type { LocalChunks } from '../platform/local-chunks.ts';

/** Where the suite keeps chunks. */
export interface LocalChunksPlace {
  open(): Promise<LocalChunks>;
  /** Overwrites what is kept under the name, as a torn write or a failing disk would. */
  damage(name: ChunkName): Promise<void>;
  remove(): Promise<void>;
}

/** What every `LocalChunks` must do. */
export function localChunksContract(
  name: string,
  primitives: Pick<Primitives, 'hash'>,
  makePlace: () => Promise<LocalChunksPlace>,
): void {
  describe(`local chunks: ${name}`, () => {
    test('a chunk is held from when it was put until it is removed', () =>
      withPlace(async (place) => {
        const chunks = await place.open();
        const { name: chunk, sealed } = makeChunk(1_000);
        assert.equal(await chunks.has(chunk), false);
        assert.equal(await chunks.get(chunk), null);
        assert.equal(await chunks.keep(chunk), false);
        await chunks.put(chunk, sealed);
        assert.equal(await chunks.has(chunk), true);
        assert.equal(await chunks.keep(chunk), true);
        assert.deepEqual(await bytesOf(chunks, chunk), sealed);
        await chunks.remove(chunk);
        assert.equal(await chunks.has(chunk), false);
        assert.equal(await chunks.get(chunk), null);
        await chunks.remove(chunk);
      }));

    test('a buffer that is used again holds what was asked for last', () =>
      withPlace(async (place) => {
        const chunks = await place.open();
        const whole = makeChunk(limits.chunkBytesMax);
        const small = makeChunk(1_000);
        const buffer = new Uint8Array(limits.chunkBytesMax);
        for (const { name: chunk, sealed } of [whole, small]) {
          await chunks.put(chunk, sealed);
          assert.deepEqual(await bytesOf(chunks, chunk, buffer), sealed);
        }
        assert.equal(await chunks.get(makeChunk(999).name, buffer), null);
        await place.damage(small.name);
        assert.equal(await chunks.get(small.name, buffer), null);
      }));

    test('what was put and flushed is there when the chunks are opened again', () =>
      withPlace(async (place) => {
        const { name: chunk, sealed } = makeChunk(limits.chunkBytesMax);
        const first = await place.open();
        await first.put(chunk, sealed);
        await first.flush();
        assert.deepEqual(await bytesOf(await place.open(), chunk), sealed);
      }));

    test('a chunk that was damaged is as good as not held, and can be put again', () =>
      withPlace(async (place) => {
        const chunks = await place.open();
        const { name: chunk, sealed } = makeChunk(50_000);
        await chunks.put(chunk, sealed);
        await place.damage(chunk);
        assert.equal(await chunks.get(chunk), null);
        assert.equal(await chunks.keep(chunk), false);
        await chunks.put(chunk, sealed);
        assert.deepEqual(await bytesOf(chunks, chunk), sealed);
      }));

    test('the same chunk can be put twice at once, and beside others', () =>
      withPlace(async (place) => {
        const chunks = await place.open();
        const sizes = [33, 34, 1_000, 1_001, 70_000];
        const made = sizes.map(makeChunk);
        await Promise.all([...made, ...made].map((chunk) => chunks.put(chunk.name, chunk.sealed)));
        await chunks.flush();
        for (const chunk of made) assert.deepEqual(await bytesOf(chunks, chunk.name), chunk.sealed);
      }));
  });

  async function withPlace(use: (place: LocalChunksPlace) => Promise<void>): Promise<void> {
    const place = await makePlace();
    try {
      await use(place);
    } finally {
      await place.remove();
    }
  }

  function makeChunk(bytes: number): { readonly name: ChunkName; readonly sealed: Uint8Array } {
    const sealed = Uint8Array.from({ length: bytes }, (_, index) => (index * 31 + bytes) & 0xff);
    return { name: hashToChunkName(primitives.hash(sealed)), sealed };
  }
}

/** As a plain array, whatever class of bytes the platform hands out. */
async function bytesOf(
  chunks: LocalChunks,
  name: ChunkName,
  buffer?: Uint8Array,
): Promise<Uint8Array | null> {
  const sealed = await chunks.get(name, buffer);
  return sealed === null ? null : new Uint8Array(sealed);
}
