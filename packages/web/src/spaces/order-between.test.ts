import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orderBetween } from './order-between.ts';

test('there is always room between two, and before and after all', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 60 }), (places) => {
      const list: string[] = [];
      for (const place of places) {
        const at = place % (list.length + 1);
        list.splice(at, 0, orderBetween(list[at - 1] ?? null, list[at] ?? null));
      }
      assert.deepEqual(list, list.toSorted());
      assert.equal(new Set(list).size, list.length);
    }),
  );
});

test('putting one after another keeps the texts short', () => {
  let last: string | null = null;
  for (let index = 0; index < 100; index += 1) last = orderBetween(last, null);
  assert.ok((last ?? '').length < 30, last ?? '');
});
