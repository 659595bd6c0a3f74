import {
  bytesToUtf8,
  countPieces,
  makePaddingPiece,
  openChunk,
  openEnvelopes,
  packChunkNames,
  paddedPieceSize,
  padPiece,
  pieceContentSize,
  parseChunkName,
  sealChunks,
  sealEnvelopes,
  unlockKeyring,
  unpackChunkNames,
  utf8ToBytes,
  uuidToBytes,
  type Primitives,
  type Uuid,
} from '@dataans/core';
import { padContent, padmeSize, unpadContent } from '../../../packages/core/src/sealing/padding.ts';
import type { PlainKeyring, Vectors } from '../shapes.ts';
import { checkEach, checkFile, expectSame, fromHex, readKeyring, type VectorCheck } from './check.ts';

export function sealingChecks(primitives: Primitives, vectors: Vectors): readonly VectorCheck[] {
  return [
    ...envelopeChecks(primitives, vectors.envelope),
    ...chunkChecks(primitives, vectors.chunk),
    ...chunkNameChecks(vectors['chunk-names']),
    ...paddingChecks(vectors.padding),
  ];
}

const unlock = (primitives: Primitives, keyring: PlainKeyring) =>
  unlockKeyring(primitives, readKeyring(keyring));

/** Whether the tag was tried tells a plaintext that is wrong from an envelope that is. */
const stageByCode = {
  'unknown-version': () => 'version',
  'unknown-key': () => 'unknown-key',
  'not-authentic': () => 'tag',
  malformed: (tried: boolean, afterOpening: string) => (tried ? afterOpening : 'shape'),
} as const;

function watchOpening(primitives: Primitives): { readonly watched: Primitives; tried(): boolean } {
  let count = 0;
  const watched: Primitives = {
    ...primitives,
    openMany: (key, requests) => {
      count += requests.length;
      return primitives.openMany(key, requests);
    },
  };
  return { watched, tried: () => count > 0 };
}

function envelopeChecks(primitives: Primitives, file: Vectors['envelope']): readonly VectorCheck[] {
  const open = async (id: string, envelope: string, by: Primitives) => {
    const keyring = await unlock(primitives, file.keyring);
    const sealed = { id: uuidToBytes(id as Uuid), envelope: fromHex(envelope) };
    const [opened] = await openEnvelopes(by, keyring, [sealed]);
    if (opened === undefined) throw new Error('opening gave no result');
    return opened;
  };
  return checkFile(
    'envelope',
    file,
    async ({ id, key, nonce, encoded, envelope }) => {
      const opened = await open(id, envelope, primitives);
      expectSame(opened.ok && bytesToUtf8(opened.encoded), encoded);
      const keyring = await unlock(primitives, file.keyring);
      const dataKey = [...keyring.byId.values()].find((one) => one.id === key) ?? keyring.current;
      const scripted: Primitives = { ...primitives, randomBytes: () => fromHex(nonce) };
      const operation = { id: uuidToBytes(id as Uuid), encoded: utf8ToBytes(encoded) };
      expectSame(await sealEnvelopes(scripted, dataKey, [operation]), [envelope]);
    },
    async ({ id, envelope }) => {
      const { watched, tried } = watchOpening(primitives);
      const opened = await open(id, envelope, watched);
      return opened.ok ? 'accepted' : stageByCode[opened.code](tried(), 'padding');
    },
  );
}

function chunkChecks(primitives: Primitives, file: Vectors['chunk']): readonly VectorCheck[] {
  return [
    ...sealedChunkChecks(primitives, file),
    ...checkEach(
      'layout',
      file.layouts.map((layout) => ({ ...layout, title: `${layout.fileBytes} bytes` })),
      ({ fileBytes, pieces, lastPieceBytes, padding }) => {
        expectSame(countPieces(fileBytes), pieces);
        expectSame(paddedPieceSize({ fileBytes, index: Math.max(0, pieces - 1) }), lastPieceBytes);
        for (let index = 0; index < pieces; index += 1)
          expectSame(pieceContentSize({ fileBytes, index }) === 0, padding.includes(index));
      },
    ),
    ...checkEach('padding piece', file.paddingPieces, ({ contentNames, bytes, start, ...place }) => {
      const names = contentNames.map(parseChunkName).filter((name) => name !== null);
      const piece = makePaddingPiece(primitives, names, place);
      expectSame(piece.length, bytes);
      expectSame(piece.subarray(0, 32), start);
      expectSame(
        piece.subarray(32).every((byte) => byte === 0),
        true,
      );
    }),
  ];
}

function sealedChunkChecks(primitives: Primitives, file: Vectors['chunk']): readonly VectorCheck[] {
  return checkFile(
    'chunk',
    file,
    async ({ piece, name, sealedBytes, sealedStart }) => {
      const keyring = await unlock(primitives, file.keyring);
      const content = new Uint8Array(pieceContentSize(piece)).fill(piece.byte);
      const [chunk] = await sealChunks(primitives, keyring.current, [
        padPiece(content, paddedPieceSize(piece)),
      ]);
      if (chunk === undefined) throw new Error('sealing gave no chunk');
      expectSame(chunk.name, name);
      expectSame(chunk.sealed.length, sealedBytes);
      expectSame(chunk.sealed.subarray(0, 64), sealedStart);
      const opened = await openChunk(primitives, keyring, chunk.sealed, piece);
      expectSame(opened.ok && primitives.hash(opened.piece), primitives.hash(content));
    },
    async ({ fileBytes, sealed }) => {
      const { watched, tried } = watchOpening(primitives);
      const keyring = await unlock(primitives, file.keyring);
      const opened = await openChunk(watched, keyring, fromHex(sealed), { fileBytes, index: 0 });
      return opened.ok ? 'accepted' : stageByCode[opened.code](tried(), 'size');
    },
  );
}

function chunkNameChecks(file: Vectors['chunk-names']): readonly VectorCheck[] {
  return checkFile(
    'chunk names',
    file,
    ({ names, packed }) => {
      expectSame(unpackChunkNames(packed), names);
      expectSame(packChunkNames(names.map(parseChunkName).filter((name) => name !== null)), packed);
    },
    ({ packed }) => (unpackChunkNames(packed) === null ? 'names' : 'accepted'),
  );
}

function paddingChecks(file: Vectors['padding']): readonly VectorCheck[] {
  const sizes = file.sizes.map((size) => ({ ...size, title: `size of ${size.length}` }));
  return [
    ...checkEach('padding', sizes, ({ length, size }) => expectSame(padmeSize(length), size)),
    ...checkFile(
      'padding',
      file,
      ({ content, padded }) => {
        expectSame(padContent(fromHex(content)), padded);
        expectSame(unpadContent(fromHex(padded)), content);
      },
      ({ padded }) => (unpadContent(fromHex(padded)) === null ? 'padding' : 'accepted'),
    ),
  ];
}
