import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { createProgress } from './progress.ts';

function shownAt(columns: number | undefined, isTTY = true): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns });
  createProgress(stream, () => 0).show('x'.repeat(100));
  return String(stream.read() ?? '');
}

test('progress stays on one line of the terminal, also of one that does not know its width', () => {
  const lengthAt = (columns: number | undefined): number => shownAt(columns).replaceAll(/[^x]/g, '').length;
  assert.equal(lengthAt(40), 39);
  assert.equal(lengthAt(undefined), 79);
  assert.equal(lengthAt(0), 79);
});

test('progress is silent where nobody watches', () => {
  assert.equal(shownAt(80, false), '');
});
