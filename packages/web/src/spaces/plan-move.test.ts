import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planMove } from './plan-move.ts';

const make = (id: string, order: string | null, pinned = false) => ({ id, order, pinned });
type Space = ReturnType<typeof make>;

function move(spaces: readonly Space[], id: string, by: -1 | 1) {
  const planned = planMove(spaces, id, by);
  const orders = new Map(planned.map(({ space, order }) => [space.id, order]));
  const after = spaces.map((space) => ({ ...space, order: orders.get(space.id) ?? space.order }));
  const shown = after
    .toSorted((left, right) => ((left.order ?? '') < (right.order ?? '') ? -1 : 1))
    .map((space) => space.id);
  return { changed: planned.length, shown: shown.join('') };
}

test('a space moves one place, and of spaces that are ordered it alone changes', () => {
  const ordered = [make('a', 'c'), make('b', 'f'), make('c', 'k')];
  assert.deepEqual(move(ordered, 'c', -1), { changed: 1, shown: 'acb' });
  assert.deepEqual(move(ordered, 'a', 1), { changed: 1, shown: 'bac' });
  assert.deepEqual(move(ordered, 'a', -1).changed, 0);
});

test('spaces that stood by their names get an order, once', () => {
  const named = [make('a', null), make('b', null), make('c', null)];
  assert.deepEqual(move(named, 'a', 1), { changed: 3, shown: 'bac' });
});

test('pinned spaces stay above the others', () => {
  assert.equal(planMove([make('a', 'c', true), make('b', 'f')], 'b', -1).length, 0);
});
