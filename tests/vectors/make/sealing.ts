import {
  bytesToHex,
  bytesToUuid,
  concatBytes,
  countPieces,
  hashToChunkName,
  limits,
  makePaddingPiece,
  packChunkNames,
  paddedPieceSize,
  padPiece,
  pieceContentSize,
  sealChunks,
  sealEnvelopes,
  unlockKeyring,
  utf8ToBytes,
  type PiecePlace,
  type Primitives,
} from '@dataans/core';
import { padContent, padmeSize } from '../../../packages/core/src/sealing/padding.ts';
import type {
  ChunkFile,
  ChunkNamesFile,
  EnvelopeFile,
  FileLayout,
  PaddingFile,
  PaddingPiece,
} from '../shapes.ts';
import { flipBit, seededBytes, withByte } from './bytes.ts';
import { exampleKeyring, plainKeyring } from './keys.ts';

export async function makeEnvelopes(primitives: Primitives): Promise<EnvelopeFile> {
  const keyring = exampleKeyring(primitives);
  const unlocked = await unlockKeyring(primitives, keyring);
  const id = seededBytes('operation id', 16);
  const nonce = seededBytes('operation nonce', 12);
  const scripted: Primitives = { ...primitives, randomBytes: () => nonce };
  const sealUnder = async (key: typeof unlocked.current, text: string) => {
    const [envelope = new Uint8Array()] = await sealEnvelopes(scripted, key, [
      { id, encoded: utf8ToBytes(text) },
    ]);
    return envelope;
  };
  const former = [...unlocked.byId.values()].find((key) => key !== unlocked.current) ?? unlocked.current;
  const valid = async (title: string, key: typeof former, encoded: string) => ({
    title,
    id: bytesToUuid(id),
    key: key.id,
    nonce: bytesToHex(nonce),
    encoded,
    envelope: bytesToHex(await sealUnder(key, encoded)),
  });
  const envelope = await sealUnder(unlocked.current, '{"text":"a sealed operation"}');
  const refused = (title: string, expect: string, bytes: Uint8Array, under = id) => ({
    title,
    id: bytesToUuid(under),
    envelope: bytesToHex(bytes),
    expect,
  });
  /** A plaintext that no padding gives, sealed as it should be. */
  const sealPlaintext = async (title: string, plaintext: Uint8Array) => {
    const key = unlocked.current;
    const additionalData = concatBytes(utf8ToBytes('dataans/operation/1'), id, Uint8Array.of(1), key.idBytes);
    const [ciphertext = new Uint8Array()] = await primitives.sealMany(key.operationKey, [
      { nonce, plaintext, additionalData },
    ]);
    return refused(title, 'padding', concatBytes(Uint8Array.of(1), key.idBytes, nonce, ciphertext));
  };
  const padded = padContent(utf8ToBytes('{"text":"a sealed operation"}'));
  return {
    about: [
      'Envelopes: version (1) | data key id (4) | nonce (12) | ciphertext and tag.',
      'Stages: shape (too short), version, unknown-key, tag, padding.',
    ],
    keyring: plainKeyring(keyring),
    valid: [
      await valid('under the current key', unlocked.current, '{"text":"a sealed operation"}'),
      await valid('under a former key', former, '{"text":"an older operation"}'),
      await valid('the shortest content', unlocked.current, '{}'),
      await valid('a content that needs zeros', unlocked.current, `{"text":"${'ї'.repeat(150)}"}`),
    ],
    refused: [
      refused('nothing', 'shape', new Uint8Array()),
      refused('no room for a tag', 'shape', envelope.subarray(0, limits.sealedOverheadBytes - 1)),
      refused(
        'version 0',
        'version',
        withByte(envelope, 0, () => 0),
      ),
      refused(
        'version 2',
        'version',
        withByte(envelope, 0, () => 2),
      ),
      refused('a data key that the keyring has not', 'unknown-key', withByte(envelope, 1, flipBit)),
      refused(
        'the id of the other data key',
        'tag',
        concatBytes(Uint8Array.of(1), former.idBytes, envelope.subarray(5)),
      ),
      refused('one bit of the nonce', 'tag', withByte(envelope, 5, flipBit)),
      refused('one bit of the ciphertext', 'tag', withByte(envelope, 17, flipBit)),
      refused('one bit of the tag', 'tag', withByte(envelope, -1, flipBit)),
      refused('the last byte missing', 'tag', envelope.subarray(0, -1)),
      refused('a byte too many', 'tag', concatBytes(envelope, Uint8Array.of(0))),
      refused('under the id of another operation', 'tag', envelope, withByte(id, 0, flipBit)),
      await sealPlaintext(
        'padded with a byte that is not zero',
        withByte(padded, -1, () => 1),
      ),
      await sealPlaintext(
        'a length beyond the end',
        withByte(padded, 3, () => 200),
      ),
      await sealPlaintext('another size than Padmé gives', concatBytes(padded, Uint8Array.of(0))),
      await sealPlaintext('no room for the length', new Uint8Array(3)),
    ],
  };
}

export async function makeChunks(primitives: Primitives): Promise<ChunkFile> {
  const keyring = exampleKeyring(primitives);
  const unlocked = await unlockKeyring(primitives, keyring);
  const seal = async (byte: number, place: PiecePlace) => {
    const content = new Uint8Array(pieceContentSize(place)).fill(byte);
    const piece = padPiece(content, paddedPieceSize(place));
    const [chunk] = await sealChunks(primitives, unlocked.current, [piece]);
    if (chunk === undefined) throw new TypeError('Sealing gave no chunk.');
    return chunk;
  };
  const valid = async (title: string, byte: number, fileBytes: number, index = 0) => {
    const { name, sealed } = await seal(byte, { fileBytes, index });
    const sealedStart = bytesToHex(sealed.subarray(0, 64));
    return { title, piece: { byte, fileBytes, index }, name, sealedBytes: sealed.length, sealedStart };
  };
  const { sealed } = await seal(7, { fileBytes: 100, index: 0 });
  const refused = (title: string, expect: string, bytes: Uint8Array, fileBytes = 100) => ({
    title,
    fileBytes,
    sealed: bytesToHex(bytes),
    expect,
  });
  return {
    about: [
      'Chunks, sealed under the current key: version (1) | data key id (4) | nonce (12) | ciphertext and tag.',
      'Stages: shape (too short), version, unknown-key, tag, size (not the padded size of the piece).',
      '`layouts`: how files are cut. `paddingPieces`: the pieces that hold padding alone.',
    ],
    keyring: plainKeyring(keyring),
    layouts: [
      0,
      1,
      101,
      999_999,
      1_000_000,
      2_500_000,
      40_000_000,
      80_000_000,
      3_000_000_000,
      limits.fileBytesMax,
    ].map(describeLayout),
    paddingPieces: [
      describePadding(primitives, 'behind content that fills a piece', ['a'], 999_999, 1),
      describePadding(primitives, 'the same, of another file', ['b'], 999_999, 1),
      describePadding(primitives, 'a full one', seededNames(80), 80_000_000, 80),
      describePadding(primitives, 'the last one', seededNames(80), 80_000_000, 81),
    ],
    valid: [
      await valid('one byte', 7, 1),
      await valid('a short piece', 7, 100),
      await valid('the same length, other content', 8, 100),
      await valid('a piece that Padmé would make longer than a full one', 7, limits.pieceBytesMax - 1),
      await valid('a full piece', 7, limits.pieceBytesMax),
      await valid('the last piece of a longer file', 7, 2_500_000, 2),
    ],
    refused: [
      refused('no room for a tag', 'shape', sealed.subarray(0, limits.sealedOverheadBytes - 1)),
      refused(
        'version 2',
        'version',
        withByte(sealed, 0, () => 2),
      ),
      refused('a data key that the keyring has not', 'unknown-key', withByte(sealed, 1, flipBit)),
      refused('one bit of the nonce', 'tag', withByte(sealed, 5, flipBit)),
      refused('one bit of the ciphertext', 'tag', withByte(sealed, 17, flipBit)),
      refused('the last byte missing', 'tag', sealed.subarray(0, -1)),
      refused('a piece of another size', 'size', sealed, 200),
    ],
  };
}

function seededNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => String(number));
}

function describeLayout(fileBytes: number): FileLayout {
  const pieces = countPieces(fileBytes);
  const numbers = Array.from({ length: pieces }, (_, index) => index);
  const lastPieceBytes = pieces === 0 ? 0 : paddedPieceSize({ fileBytes, index: pieces - 1 });
  return {
    fileBytes,
    pieces,
    lastPieceBytes,
    padding: numbers.filter((index) => pieceContentSize({ fileBytes, index }) === 0),
  };
}

/** @param seeds of the names of the chunks that hold the content */
function describePadding(
  primitives: Primitives,
  title: string,
  seeds: readonly string[],
  fileBytes: number,
  index: number,
): PaddingPiece {
  const contentNames = seeds.map((seed) => hashToChunkName(seededBytes(`content ${seed}`, 32)));
  const piece = makePaddingPiece(primitives, contentNames, { fileBytes, index });
  const start = bytesToHex(piece.subarray(0, 32));
  return { title, contentNames, fileBytes, index, bytes: piece.length, start };
}

export function makeChunkNames(): ChunkNamesFile {
  const names = [1, 2, 3].map((number) => hashToChunkName(seededBytes(`chunk name ${number}`, 32)));
  const [first] = names;
  const packed = packChunkNames(names.slice(0, 1));
  const refused = (title: string, text: string) => ({ title, packed: text, expect: 'names' });
  return {
    about: ['The chunks of a file as its operation lists them: the hashes one after another in base64url.'],
    valid: [
      { title: 'none', names: [], packed: '' },
      { title: 'one', names: first === undefined ? [] : [first], packed },
      { title: 'three', names, packed: packChunkNames(names) },
    ],
    refused: [
      refused('a digit missing', packed.slice(0, -1)),
      refused('a byte too many', `${packed.slice(0, -1)}AAA`),
      refused('padding signs', `${packed}=`),
      refused('a digit of the other base64', `+${packed.slice(1)}`),
      refused('bits behind the end that are not zero', `${packed.slice(0, -1)}B`),
    ],
  };
}

export function makePadding(): PaddingFile {
  const lengths = [
    0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100, 101, 255, 256, 257, 1_000, 1_025, 65_537,
  ];
  const content = (bytes: number) => new Uint8Array(bytes).fill(0xaa);
  const padded = padContent(content(101));
  const refused = (title: string, bytes: Uint8Array) => ({
    title,
    padded: bytesToHex(bytes),
    expect: 'padding',
  });
  return {
    about: ['Padmé sizes, and content padded to them: length (4) | content | zeros.'],
    sizes: [...lengths, 999_999, 1_000_000, 1_000_004].map((length) => ({ length, size: padmeSize(length) })),
    valid: [0, 1, 5, 12, 101].map((bytes) => ({
      title: `${bytes} bytes`,
      content: bytesToHex(content(bytes)),
      padded: bytesToHex(padContent(content(bytes))),
    })),
    refused: [
      refused('no room for the length', new Uint8Array(3)),
      refused(
        'a length beyond the end',
        withByte(padded, 3, () => 200),
      ),
      refused(
        'a length far beyond the end',
        withByte(padded, 0, () => 255),
      ),
      refused(
        'a length that is smaller, so that zeros are content',
        withByte(padded, 3, () => 50),
      ),
      refused(
        'a byte that is not zero',
        withByte(padded, -1, () => 1),
      ),
      refused('a zero missing', padded.subarray(0, -1)),
      refused('a zero too many', concatBytes(padded, Uint8Array.of(0))),
    ],
  };
}
