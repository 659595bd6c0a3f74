import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileBytesMax, fileChunksMax, pieceBytesMax } from '../limits.ts';
import {
  countContentPieces,
  countPieces,
  isPaddedPieceSize,
  isPieceCount,
  paddedPieceSize,
  padPiece,
  pieceContentSize,
} from './file-layout.ts';
import { padmeSize } from './padding.ts';

function piecesOf(fileBytes: number): readonly { readonly content: number; readonly bytes: number }[] {
  return Array.from({ length: countPieces(fileBytes) }, (_, index) => ({
    content: pieceContentSize({ fileBytes, index }),
    bytes: paddedPieceSize({ fileBytes, index }),
  }));
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

test('[CHK-1] a file is padded as a whole and cut into pieces of 1,000,000 bytes, an empty one into none', () => {
  const shown = (fileBytes: number) => piecesOf(fileBytes).map(({ content, bytes }) => [content, bytes]);
  assert.deepEqual(shown(0), []);
  assert.deepEqual(shown(1), [[1, 1]]);
  assert.deepEqual(shown(101), [[101, 104]]);
  assert.deepEqual(shown(999_999), [
    [999_999, 1_000_000],
    [0, 15_808],
  ]);
  assert.deepEqual(shown(2_500_000), [
    [1_000_000, 1_000_000],
    [1_000_000, 1_000_000],
    [500_000, 555_904],
  ]);
  assert.deepEqual(piecesOf(80_000_000).slice(79), [
    { content: 1_000_000, bytes: 1_000_000 },
    { content: 0, bytes: 1_000_000 },
    { content: 0, bytes: 788_928 },
  ]);
});

test('[CHK-1] the pieces of any file hold its content and its padding, of at most 12 %', () => {
  const sizes = fc.oneof(fc.nat(5_000_000), fc.nat(2_000_000_000));
  fc.assert(
    fc.property(sizes, (fileBytes) => {
      const pieces = piecesOf(fileBytes);
      const padded = sum(pieces.map(({ bytes }) => bytes));
      assert.equal(sum(pieces.map(({ content }) => content)), fileBytes);
      assert.equal(padded, padmeSize(fileBytes));
      assert.ok(padded <= fileBytes * 1.12);
      assert.ok(pieces.slice(0, -1).every(({ bytes }) => bytes === pieceBytesMax));
      assert.ok(pieces.every(({ bytes }) => bytes > 0 && bytes <= pieceBytesMax));
      // CHK-7: there is room for what tells it from the padding of others.
      assert.ok(pieces.every(({ content, bytes }) => content > 0 || bytes >= 32));
      assert.ok(isPieceCount(fileBytes, pieces.length));
      for (const [index, { bytes }] of pieces.entries())
        assert.ok(isPaddedPieceSize({ fileBytes, index }, bytes));
    }),
    { numRuns: 100 },
  );
});

test('[CHK-1] files of many sizes share one padded size, which says no more', () => {
  const padded = new Set<number>();
  for (let fileBytes = 100_000_000; fileBytes < 101_000_000; fileBytes += 1_000)
    padded.add(sum(piecesOf(fileBytes).map(({ bytes }) => bytes)));
  assert.ok(padded.size <= 2, `${padded.size} sizes`);
});

test('[LIM-2] the largest file has as many chunks as one may have, its padding included', () => {
  assert.equal(countPieces(fileBytesMax), fileChunksMax);
  assert.equal(countPieces(fileBytesMax - 1), fileChunksMax);
});

test('[CHK-6] a file may have as many pieces as its content alone needs', () => {
  assert.deepEqual([countContentPieces(40_000_000), countPieces(40_000_000)], [40, 41]);
  assert.deepEqual(
    [39, 40, 41, 42].map((pieces) => isPieceCount(40_000_000, pieces)),
    [false, true, true, false],
  );
});

test('[CHK-1] zeros are behind the content, and what is full stays as it is', () => {
  const content = Uint8Array.of(1, 2);
  assert.deepEqual(padPiece(content, 4), Uint8Array.of(1, 2, 0, 0));
  assert.equal(padPiece(content, 2), content);
});
