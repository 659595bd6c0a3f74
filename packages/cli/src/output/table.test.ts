import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignColumns, measureWidth } from './table.ts';

test('columns are as wide as their widest cell', () => {
  assert.deepEqual(
    alignColumns(
      [
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'cc'],
      ],
      null,
    ),
    ['a    bb  c', 'aaa  b   cc'],
  );
});

test('wide symbols take two columns, and marks that join the symbol before them none', () => {
  assert.deepEqual(['日本', '👍', 'e\u0301', 'Київ'].map(measureWidth), [4, 2, 1, 4]);
});

test('a line that is too long for the screen ends in an ellipsis and still fits', () => {
  assert.deepEqual(alignColumns([['id', 'a long title']], 8), ['id  a l…']);
  assert.deepEqual(alignColumns([['日本語']], 4), ['日…']);
});

test('a cell cannot break its line or control the terminal', () => {
  assert.deepEqual(alignColumns([['a\u001b[31m\nb\u202ec']], null), ['a\ufffd[31m b\ufffdc']);
});
