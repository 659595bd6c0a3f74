import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  bytesToHex,
  bytesToUuid,
  concatBytes,
  createKeyring,
  deriveDataKey,
  hashToChunkName,
  limits,
  makePaddingPiece,
  openChunk,
  openEnvelopes,
  paddedPieceSize,
  padPiece,
  sealChunks,
  sealEnvelopes,
  unlockKeyring,
  utf8ToBytes,
  type ChunkName,
  type Primitives,
} from '@dataans/core';
import { createWebPrimitives } from '../../packages/client/src/browser/web-primitives.ts';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';

describe('with node:crypto', () => sealingTests(createNodePrimitives()));
describe('with WebCrypto', () => sealingTests(createWebPrimitives(globalThis.crypto)));

test('[ENV-1] what one platform seals the other opens', async () => {
  const node = createNodePrimitives();
  const web = createWebPrimitives(globalThis.crypto);
  const keyring = createKeyring(node);
  for (const [sealer, opener] of [
    [node, web],
    [web, node],
  ] as const) {
    const id = sealer.randomBytes(16);
    const encoded = utf8ToBytes('{"a":1}');
    const sealed = await sealEnvelopes(sealer, (await unlockKeyring(sealer, keyring)).current, [
      { id, encoded },
    ]);
    const opened = await openEnvelopes(
      opener,
      await unlockKeyring(opener, keyring),
      sealed.map((envelope) => ({ id, envelope })),
    );
    assert.deepEqual(opened, [{ ok: true, encoded }]);
  }
});

function sealingTests(primitives: Primitives): void {
  const id = new Uint8Array(16).fill(1);
  const encoded = utf8ToBytes('{"text":"secret words"}');

  async function unlock(...keyrings: readonly ReturnType<typeof createKeyring>[]) {
    const [first = createKeyring(primitives)] = keyrings;
    return unlockKeyring(primitives, { current: first.current, keys: keyrings.flatMap(({ keys }) => keys) });
  }

  async function sealOne(key: Awaited<ReturnType<typeof deriveDataKey>>): Promise<Uint8Array> {
    const [envelope = new Uint8Array()] = await sealEnvelopes(primitives, key, [{ id, encoded }]);
    return envelope;
  }

  test('[KEY-4] a new keyring holds one random data key, which is current', () => {
    const [one, other] = [createKeyring(primitives), createKeyring(primitives)];
    assert.deepEqual([one.keys.length, one.keys[0]?.id, one.keys[0]?.secret.length], [1, one.current, 32]);
    assert.notDeepEqual(one, other);
  });

  test('[KEY-5] the keys of a data key are not interchangeable', async () => {
    const [secret] = createKeyring(primitives).keys;
    assert.ok(secret !== undefined);
    const key = await deriveDataKey(primitives, secret);
    const request = { nonce: new Uint8Array(12), plaintext: encoded, additionalData: id };
    const [sealed = new Uint8Array()] = await primitives.sealMany(key.operationKey, [request]);
    assert.deepEqual(await primitives.openMany(key.chunkKey, [{ ...request, sealed }]), [null]);
    assert.deepEqual(await primitives.openMany(key.operationKey, [{ ...request, sealed }]), [encoded]);
  });

  test('[ENV-1] an envelope shows its version, its data key and its padded size, and nothing of its content', async () => {
    const keyring = await unlock(createKeyring(primitives));
    const envelope = await sealOne(keyring.current);
    assert.deepEqual(envelope.subarray(0, 5), concatBytes(Uint8Array.of(1), keyring.current.idBytes));
    assert.equal(envelope.length, 28 + limits.sealedOverheadBytes);
    assert.equal(bytesToHex(envelope).includes(bytesToHex(utf8ToBytes('secret'))), false);
  });

  test('[ENV-2] an envelope opens under its own id and data key only', async () => {
    const keyring = await unlock(createKeyring(primitives), createKeyring(primitives));
    const [, other] = keyring.byId.values();
    const envelope = await sealOne(keyring.current);
    const swapped = Uint8Array.from(envelope);
    swapped.set(other?.idBytes ?? [], 1);
    const opened = await openEnvelopes(primitives, keyring, [
      { id, envelope },
      { id: new Uint8Array(16).fill(2), envelope },
      { id, envelope: swapped },
    ]);
    const notAuthentic = { ok: false, code: 'not-authentic' };
    assert.deepEqual(opened, [{ ok: true, encoded }, notAuthentic, notAuthentic]);
  });

  test('[ENV-3] a bad envelope does not keep the others from opening, each under its own data key', async () => {
    const [former, current] = [createKeyring(primitives), createKeyring(primitives)];
    const keyring = await unlock(current, former);
    const older = await sealOne((await unlock(former)).current);
    const newer = await sealOne(keyring.current);
    const unknown = await sealOne((await unlock(createKeyring(primitives))).current);
    const opened = await openEnvelopes(
      primitives,
      keyring,
      [
        older,
        unknown,
        newer.with(newer.length - 1, (newer.at(-1) ?? 0) ^ 1),
        newer,
        newer.with(0, 9),
        newer.subarray(0, 32),
      ].map((envelope) => ({ id, envelope })),
    );
    assert.deepEqual(
      opened.map((one) => (one.ok ? 'opened' : one.code)),
      ['opened', 'unknown-key', 'not-authentic', 'opened', 'unknown-version', 'malformed'],
    );
  });

  test('[ENV-4] each sealing takes a nonce of its own', async () => {
    const { current } = await unlock(createKeyring(primitives));
    const all = await sealEnvelopes(
      primitives,
      current,
      Array.from({ length: 100 }, () => ({ id, encoded })),
    );
    assert.equal(new Set(all.map((envelope) => bytesToHex(envelope.subarray(5, 17)))).size, 100);
  });

  test('[CHK-2] the same piece gives the same chunk, another piece or data key another', async () => {
    const [one, other] = [await unlock(createKeyring(primitives)), await unlock(createKeyring(primitives))];
    const piece = new Uint8Array(100).fill(7);
    const seal = async (keyring: typeof one, of: Uint8Array) =>
      (await sealChunks(primitives, keyring.current, [of]))[0];
    const chunk = await seal(one, piece);
    assert.deepEqual(await seal(one, Uint8Array.from(piece)), chunk);
    assert.notDeepEqual(
      (await seal(one, piece.with(0, 8)))?.sealed.subarray(5, 17),
      chunk?.sealed.subarray(5, 17),
    );
    assert.notDeepEqual((await seal(other, piece))?.sealed.subarray(5, 17), chunk?.sealed.subarray(5, 17));
  });

  test('[CHK-3] a chunk is named by the SHA-256 of its sealed bytes', async () => {
    const { current } = await unlock(createKeyring(primitives));
    const [chunk] = await sealChunks(primitives, current, [encoded]);
    assert.ok(chunk !== undefined);
    assert.equal(chunk.name, hashToChunkName(primitives.hash(chunk.sealed)));
  });

  test('[CHK-4] a chunk opens to its content, and is refused if its piece has another size', async () => {
    const keyring = await unlock(createKeyring(primitives));
    const place = { fileBytes: encoded.length, index: 0 };
    const padded = padPiece(encoded, paddedPieceSize(place));
    const [chunk] = await sealChunks(primitives, keyring.current, [padded]);
    assert.ok(chunk !== undefined);
    assert.deepEqual(await openChunk(primitives, keyring, chunk.sealed, place), { ok: true, piece: encoded });
    for (const other of [
      { fileBytes: 300, index: 0 },
      { fileBytes: encoded.length, index: 1 },
    ])
      assert.deepEqual(await openChunk(primitives, keyring, chunk.sealed, other), {
        ok: false,
        code: 'malformed',
      });
  });

  test('[CHK-6] the last piece of a file opens too if it alone was padded', async () => {
    const keyring = await unlock(createKeyring(primitives));
    const place = { fileBytes: 2_500_000, index: 2 };
    const content = primitives.randomBytes(500_000);
    for (const bytes of [507_904, 555_904, 500_000]) {
      const [chunk] = await sealChunks(primitives, keyring.current, [padPiece(content, bytes)]);
      assert.ok(chunk !== undefined);
      const opened = await openChunk(primitives, keyring, chunk.sealed, place);
      if (bytes === 500_000) assert.deepEqual(opened, { ok: false, code: 'malformed' });
      else assert.deepEqual(opened.ok && Buffer.from(opened.piece), Buffer.from(content));
    }
  });

  test('[CHK-7] padding is another for another file, another place and another data key, else the same', async () => {
    const [one, other] = [await unlock(createKeyring(primitives)), await unlock(createKeyring(primitives))];
    const [a, b] = await sealChunks(primitives, one.current, [Uint8Array.of(1), Uint8Array.of(2)]);
    assert.ok(a !== undefined && b !== undefined);
    const fileBytes = 80_000_000;
    const nameOf = async (key: typeof one, names: readonly ChunkName[], index: number) => {
      const piece = makePaddingPiece(primitives, names, { fileBytes, index });
      assert.equal(piece.length, index === 80 ? 1_000_000 : paddedPieceSize({ fileBytes, index }));
      return (await sealChunks(primitives, key.current, [piece]))[0]?.name;
    };
    const name = await nameOf(one, [a.name], 80);
    assert.equal(await nameOf(one, [a.name], 80), name);
    const others = [
      await nameOf(one, [b.name], 80),
      await nameOf(one, [a.name, b.name], 80),
      await nameOf(one, [a.name], 81),
      await nameOf(other, [a.name], 80),
    ];
    assert.equal(new Set([name, ...others]).size, 5);
  });

  test('[CHK-4] an envelope does not open as a chunk', async () => {
    const keyring = await unlock(createKeyring(primitives));
    const opened = await openChunk(primitives, keyring, await sealOne(keyring.current), {
      fileBytes: 28,
      index: 0,
    });
    assert.deepEqual(opened, { ok: false, code: 'not-authentic' });
  });

  test('[ENV-4] random bytes come in any length', () => {
    for (const length of [0, 1, 65_536, 200_000]) {
      const bytes = primitives.randomBytes(length);
      assert.equal(bytes.length, length);
      if (length > 1_000) assert.ok(new Set(bytes.subarray(-1_000)).size > 200);
    }
    assert.notEqual(bytesToUuid(primitives.randomBytes(16)), bytesToUuid(primitives.randomBytes(16)));
  });
}
