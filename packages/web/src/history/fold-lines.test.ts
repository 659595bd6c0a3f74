import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineDifference } from '@dataans/client';
import { foldLines } from './fold-lines.ts';

const same = (text: string): LineDifference => ({ kind: 'same', text });
const added: LineDifference = { kind: 'added', text: 'new', spans: [] };

test('lines that did not change are counted, but for those beside what did', () => {
  const shown = foldLines('abcde'.split('').map(same).concat(added, 'fghi'.split('').map(same)));
  assert.deepEqual(
    shown.map((line) => (line.kind === 'skipped' ? line.lines : line.text)),
    [3, 'd', 'e', 'new', 'f', 'g', 2],
  );
  assert.deepEqual(foldLines([]), []);
});
