import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import fc from 'fast-check';
import { readLines } from './read-lines.ts';

async function readAll(pieces: readonly Uint8Array[], lineBytesMax = 1_000) {
  const source = {
    bytes: 0,
    pieces: async function* pieceByPiece() {
      yield* pieces;
    },
  };
  return Array.fromAsync(readLines(source, lineBytesMax));
}

test('lines are the same wherever the pieces are cut', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'ї', '\n', '🗒'), { maxLength: 60 })
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (whole, size) => {
      const bytes = utf8ToBytes(whole);
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < bytes.length; start += size)
        pieces.push(bytes.subarray(start, start + size));
      const expected = whole.split('\n');
      if (expected.at(-1) === '') expected.pop();
      assert.deepEqual(
        await readAll(pieces),
        expected.map((line, index) => ({ number: index + 1, text: line })),
      );
    }),
  );
});

test('a line that is too long or not UTF-8 is no text, and those behind it are', async () => {
  const pieces = [
    utf8ToBytes('long'),
    utf8ToBytes('er\nok\n'),
    Uint8Array.of(0xff, 0x0a),
    utf8ToBytes('end'),
  ];
  assert.deepEqual(await readAll(pieces, 5), [
    { number: 1, text: null },
    { number: 2, text: 'ok' },
    { number: 3, text: null },
    { number: 4, text: 'end' },
  ]);
});
