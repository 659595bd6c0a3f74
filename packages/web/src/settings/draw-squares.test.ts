import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawSquares } from './draw-squares.ts';

test('dark squares side by side are drawn as one', () => {
  assert.equal(
    drawSquares([
      [false, true, true, false],
      [false, false, false, false],
      [true, false, true, true],
    ]),
    'M1 0h2v1h-2zM0 2h1v1h-1zM2 2h2v1h-2z',
  );
});
