import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, countDays, endOfDay, toBars } from './days.ts';

test('days are counted over the ends of months and years', () => {
  assert.equal(countDays('2026-02-27', '2026-03-01'), 2);
  assert.equal(countDays('2026-11-24', '2026-11-24'), 0);
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(addDays('2026-03-01', -1), '2026-02-28');
});

test('a day ends where the next one begins', () => {
  assert.equal(new Date(endOfDay('2026-12-31') + 1).getFullYear(), 2027);
  assert.equal(new Date(endOfDay('2026-12-31')).getDate(), 31);
});

test('each day has a bar, or shares one if there are too many', () => {
  const changes = new Map([
    ['2026-11-01', 1],
    ['2026-11-03', 4],
  ]);
  assert.deepEqual(toBars(changes, { first: '2026-11-01', days: 3, barsMax: 90 }), [0.5, 0, 1]);
  assert.deepEqual(toBars(changes, { first: '2026-11-01', days: 4, barsMax: 2 }), [0.5, 1]);
});
