import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shiftMonth, weeksOf } from './month-days.ts';

test('a month is shown in the weeks of the reader', () => {
  const { weekdays, weeks } = weeksOf('2026-11', 'uk');
  assert.equal(weekdays[0], 'пн');
  assert.deepEqual(weeks[0], [null, null, null, null, null, null, '2026-11-01']);
  assert.equal(weeks.at(-1)?.[0], '2026-11-30');
  assert.equal(weeksOf('2026-11', 'en-US').weeks[0]?.[0], '2026-11-01');
});

test('months go on over the end of a year', () => {
  assert.equal(shiftMonth('2026-12', 1), '2027-01');
  assert.equal(shiftMonth('2026-01', -1), '2025-12');
});
