import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markSpans } from './mark-spans.ts';

test('what was found is marked, and nothing of the text is lost or said twice', () => {
  const show = (spans: Parameters<typeof markSpans>[1]): string =>
    markSpans('the seal sealed', spans)
      .map(({ text, isHit }) => (isHit ? `<${text}>` : text))
      .join('');
  assert.equal(show([]), 'the seal sealed');
  assert.equal(
    show([
      { start: 4, end: 8 },
      { start: 9, end: 13 },
    ]),
    'the <seal> <seal>ed',
  );
  assert.equal(
    show([
      { start: 0, end: 5 },
      { start: 3, end: 8 },
    ]),
    '<the s><eal> sealed',
  );
});
