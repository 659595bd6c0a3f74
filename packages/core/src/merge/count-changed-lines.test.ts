import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countChangedLines } from './count-changed-lines.ts';

test('a change of a text is told in lines that came and lines that went', () => {
  assert.deepEqual(countChangedLines('', 'one\ntwo\n'), { added: 2, removed: 0 });
  assert.deepEqual(countChangedLines('one\ntwo\n', ''), { added: 0, removed: 2 });
  assert.deepEqual(countChangedLines('one\ntwo\nthree', 'one\n2\nthree\nfour'), { added: 2, removed: 1 });
  assert.deepEqual(countChangedLines('', ''), { added: 0, removed: 0 });
  assert.deepEqual(countChangedLines('one', 'one\n'), { added: 0, removed: 0 });
  assert.deepEqual(countChangedLines('a\r\n', 'a\n'), { added: 1, removed: 1 });
});
