import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createKeyring,
  formerPieceSize,
  limits,
  packChunkNames,
  padPiece,
  sealChunks,
  unlockKeyring,
  unpackChunkNames,
  type ChunkName,
} from '@dataans/core';
import fc from 'fast-check';
import { createNodePrimitives } from '../node/primitives.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import { createFiles } from './create-files.ts';
import { cutPieces } from './cut-pieces.ts';
import type { FileSource } from './files.ts';

const primitives = createNodePrimitives();
const keyring = await unlockKeyring(primitives, createKeyring(primitives));

function build() {
  const held = new Map<ChunkName, Uint8Array>();
  const calls: string[] = [];
  const chunks: LocalChunks = {
    has: (name) => Promise.resolve(held.has(name)),
    get: (name) => Promise.resolve(held.get(name) ?? null),
    keep: (name) => Promise.resolve(held.has(name)),
    put: (name, sealed) => {
      calls.push('put');
      held.set(name, sealed);
      return Promise.resolve();
    },
    flush: () => {
      calls.push('flush');
      return Promise.resolve();
    },
    remove: (name) => {
      held.delete(name);
      return Promise.resolve();
    },
  };
  return {
    files: createFiles({ chunks, primitives, readKeyring: async () => keyring }),
    chunks,
    held,
    calls,
  };
}

function source(content: Uint8Array, partBytes = 64 * 1024, bytes = content.length): FileSource {
  return {
    bytes,
    async *pieces() {
      for (let start = 0; start < content.length; start += partBytes)
        yield content.subarray(start, start + partBytes);
    },
  };
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

test('content comes back as it was sealed, whatever its size', async () => {
  for (const size of [
    0,
    1,
    1_000,
    limits.pieceBytesMax,
    limits.pieceBytesMax + 1,
    2 * limits.pieceBytesMax,
    40 * limits.pieceBytesMax + 7,
  ]) {
    const { files } = build();
    const content = primitives.randomBytes(size);
    const sealed = await files.seal(source(content));
    assert.equal(sealed.bytes, size);
    assert.deepEqual(await collect(files.open(sealed)), Buffer.from(content));
    assert.equal(await files.isHeld(sealed), true);
  }
});

test('[CHK-1] what is stored of a file says its padded size and no more, whatever is in it', async () => {
  const sizesOf = async (bytes: number) => {
    const { files, held } = build();
    await files.seal(source(primitives.randomBytes(bytes)));
    return Array.from(held.values(), ({ length }) => length - limits.sealedOverheadBytes);
  };
  const alike = await Promise.all([40_000_001, 40_500_000, 40_894_464].map(sizesOf));
  const full = Array.from({ length: 40 }, () => limits.pieceBytesMax);
  for (const sizes of alike) assert.deepEqual(sizes, [...full, 894_464]);
});

test('[CHK-7] padding is stored for each file anew, and for the same file once', async () => {
  const { files, held } = build();
  const content = primitives.randomBytes(40_000_000);
  const first = await files.seal(source(content));
  const chunksOfOne = held.size;
  assert.equal(chunksOfOne, 41);
  assert.deepEqual(await files.seal(source(content)), first);
  assert.equal(held.size, chunksOfOne);
  content[0] = (content[0] ?? 0) ^ 1;
  const other = await files.seal(source(content));
  const shared = new Set(unpackChunkNames(first.chunks)).intersection(
    new Set(unpackChunkNames(other.chunks)),
  );
  assert.equal(shared.size, 39, 'the pieces that are the same, and no padding');
});

test('[CHK-6] a file that was stored when only its last piece was padded opens, and is not stored anew', async () => {
  const { files, chunks, held } = build();
  const content = primitives.randomBytes(2_500_000);
  const pieces = [content.subarray(0, 1_000_000), content.subarray(1_000_000, 2_000_000)];
  const rest = padPiece(content.subarray(2_000_000), formerPieceSize(500_000));
  const former = await sealChunks(primitives, keyring.current, [...pieces, rest]);
  for (const { name, sealed } of former) await chunks.put(name, sealed);
  const stored = { bytes: content.length, chunks: packChunkNames(former.map(({ name }) => name)) };
  assert.deepEqual(await collect(files.open(stored)), Buffer.from(content));
  assert.deepEqual(await files.seal(source(content)), stored);
  assert.equal(held.size, 3);
});

test('pieces of any sizes are cut anew without a byte lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 30 })),
      fc.integer({ min: 1, max: 20 }),
      async (parts, pieceBytes) => {
        const pieces: Uint8Array[] = [];
        for await (const piece of cutPieces(asyncValues(parts), pieceBytes)) pieces.push(piece);
        assert.deepEqual(Buffer.concat(pieces), Buffer.concat(parts));
        assert.ok(pieces.slice(0, -1).every((piece) => piece.length === pieceBytes));
        assert.ok(pieces.every((piece) => piece.length > 0));
      },
    ),
  );
});

async function* asyncValues<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

test('[FIL-2] what is sealed is on disk when it is handed back, and equal pieces are stored once', async () => {
  const { files, held, calls } = build();
  const sealed = await files.seal(source(new Uint8Array(3 * limits.pieceBytesMax)));
  assert.equal(calls.at(-1), 'flush');
  assert.equal(held.size, 2, 'a piece of zeros, and the padding');
  const before = calls.filter((call) => call === 'put').length;
  assert.deepEqual(await files.seal(source(new Uint8Array(3 * limits.pieceBytesMax))), sealed);
  assert.equal(calls.filter((call) => call === 'put').length, before);
});

test('[FIL-2] content that is held under an earlier data key is not sealed anew', async () => {
  const old = build();
  const content = new Uint8Array(limits.pieceBytesMax + 1).fill(7);
  const sealed = await old.files.seal(source(content));
  const added = createKeyring(primitives);
  const first = keyring.current;
  const unlocked = await unlockKeyring(primitives, added);
  const rotated = { current: unlocked.current, byId: new Map([[first.id, first], ...unlocked.byId]) };
  const files = createFiles({ chunks: old.chunks, primitives, readKeyring: async () => rotated });
  old.calls.length = 0;
  assert.deepEqual(await files.seal(source(content)), sealed);
  assert.deepEqual(old.calls, ['flush']);
  const other = await files.seal(source(Uint8Array.of(1)));
  const [name] = unpackChunkNames(other.chunks) ?? [];
  const keyId = name === undefined ? null : old.held.get(name)?.subarray(1, 5);
  assert.deepEqual(keyId, unlocked.current.idBytes);
});

test('[FIL-2] content that is written to while it is read is refused, and one over the limit unread', async () => {
  const { files } = build();
  const content = primitives.randomBytes(2_000);
  for (const bytes of [1_999, 2_001, limits.pieceBytesMax * 2])
    await assert.rejects(files.seal(source(content, 500, bytes)), {
      code: 'invalid',
      message: /changed while/,
    });
  const wholePieces = source(primitives.randomBytes(limits.pieceBytesMax), 500_000, limits.pieceBytesMax * 2);
  await assert.rejects(files.seal(wholePieces), { code: 'invalid', message: /changed while/ });
  const endless: FileSource = {
    bytes: 10,
    async *pieces() {
      for (;;) yield primitives.randomBytes(limits.pieceBytesMax);
    },
  };
  await assert.rejects(files.seal(endless), { code: 'invalid', message: /changed while/ });
  const oversized: FileSource = {
    bytes: limits.fileBytesMax + 1,
    pieces: () => assert.fail('It should not be read.'),
  };
  await assert.rejects(files.seal(oversized), { code: 'too-large', message: /20\.0 GB/ });
});

test('[FIL-3] a damaged chunk never becomes content, and a missing one is named as missing', async () => {
  const { files, held, chunks } = build();
  const content = primitives.randomBytes(2_000);
  const sealed = await files.seal(source(content));
  const [name] = unpackChunkNames(sealed.chunks) ?? [];
  assert.ok(name !== undefined);
  const good = held.get(name) ?? new Uint8Array();
  held.set(name, good.with(40, (good[40] ?? 0) ^ 1));
  await assert.rejects(collect(files.open(sealed)), { code: 'integrity' });
  await chunks.remove(name);
  assert.equal(await files.isHeld(sealed), false);
  await assert.rejects(collect(files.open(sealed)), { code: 'not-found', advice: /^Sync this device/ });
  const fetched = files.open(sealed, { fetchChunk: () => Promise.resolve(good) });
  assert.deepEqual(await collect(fetched), Buffer.from(content));
});

test('[FIL-5] sealing takes no more pieces than it works on', async () => {
  const { files, chunks } = build();
  const blocked = Promise.withResolvers<void>();
  const filled = Promise.withResolvers<void>();
  let taken = 0;
  let putting = 0;
  chunks.put = () => {
    putting += 1;
    if (putting === 4) filled.resolve();
    return blocked.promise;
  };
  const sealing = files.seal({
    bytes: 20 * limits.pieceBytesMax,
    async *pieces() {
      for (; taken < 20; taken += 1) yield primitives.randomBytes(limits.pieceBytesMax);
    },
  });
  await filled.promise;
  assert.ok(taken <= 4, `${taken} pieces were taken`);
  blocked.resolve();
  await sealing;
});

test('[FIL-8] a range is read from the chunks that it lies in, and from no other', async () => {
  const { files, chunks, held } = build();
  const content = primitives.randomBytes(3 * limits.pieceBytesMax + 17);
  const sealed = await files.seal(source(content));
  const names = unpackChunkNames(sealed.chunks) ?? [];
  const size = limits.pieceBytesMax;
  const ranges = [
    [0, 0],
    [0, 1],
    [size - 1, size + 1],
    [size, 2 * size],
    [size + 5, 3 * size + 1],
    [3 * size, 3 * size + 17],
    [0, content.length],
  ] as const;
  for (const [from, to] of ranges) {
    const read: string[] = [];
    const get = (name: ChunkName) => {
      read.push(name);
      return Promise.resolve(held.get(name) ?? null);
    };
    const reading = createFiles({ chunks: { ...chunks, get }, primitives, readKeyring: async () => keyring });
    const bytes = await collect(reading.open(sealed, { range: { from, to } }));
    assert.deepEqual(bytes, Buffer.from(content.subarray(from, to)), `${from} to ${to}`);
    assert.deepEqual(read, names.slice(Math.floor(from / size), Math.ceil(to / size)));
  }
});
