import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextPart, type Part } from './reveal-rows.ts';

const ids = (count: number, first = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));

/** Each part until nothing more comes. */
function reveal(drawn: readonly string[], loaded: readonly string[], anchor: number): readonly Part[] {
  const parts: Part[] = [];
  let shown = drawn;
  while (parts.length === 0 || shown.length < loaded.length) {
    const part = nextPart(new Set(shown), loaded, anchor, 30);
    parts.push(part);
    shown = loaded.slice(...part);
    assert.ok(parts.length <= loaded.length + 1, 'It goes on for ever.');
  }
  return parts;
}

test('a stream that is opened begins with a screen of its newest notes', () => {
  assert.deepEqual(reveal([], ids(60), 60), [
    [30, 60],
    [18, 60],
    [6, 60],
    [0, 60],
  ]);
});

test('a note that is shown by a link comes with its neighbours on both sides', () => {
  assert.deepEqual(reveal([], ids(60), 30)[0], [15, 45]);
});

test('a note that was just written is drawn at once', () => {
  assert.deepEqual(reveal(ids(60), ids(60, 1), 60), [[0, 60]]);
});

test('however it begins, all rows come, a few with each frame', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.nat(200), fc.nat(300), (length, from, count, place) => {
      const loaded = ids(length);
      const drawn = ids(count, from);
      const anchor = Math.min(place, length);
      let before = loaded.filter((id) => drawn.includes(id)).length;
      for (const [first, end] of reveal(drawn, loaded, anchor)) {
        assert.ok(end - first - before <= (before === 0 ? 30 : 12));
        before = end - first;
      }
      assert.equal(before, length);
    }),
  );
});
