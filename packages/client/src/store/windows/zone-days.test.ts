import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@dataans/core';
import fc from 'fast-check';
import { createZoneDays } from './zone-days.ts';

const zones = ['Europe/Kyiv', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Havana', 'UTC'];

test('the day of every moment is the one that the calendar of the zone shows', () => {
  const moment = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2040, 0) });
  for (const zone of zones) {
    const dayOf = createZoneDays(zone);
    const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
    fc.assert(
      fc.property(moment, (at) => assert.equal(dayOf(at), calendar.format(at))),
      { numRuns: 300 },
    );
  }
});

test('a clock that was put back over midnight changes the day twice', () => {
  const dayOf = createZoneDays('America/St_Johns');
  const back = Date.UTC(2006, 9, 29, 2, 31); // 00:01 became 23:01
  const days = [-2, -0.5, 0, 58, 60].map((minutes) => dayOf(back + minutes * 60_000));
  assert.deepEqual(days, ['2006-10-28', '2006-10-29', '2006-10-28', '2006-10-28', '2006-10-29']);
});

test('the first and the last moment that a note can be from are on some day', () => {
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const dayOf = createZoneDays(zone);
    assert.match(dayOf(limits.noteDateMaxMs), /^\+275760-09-1[23]$/);
    assert.match(dayOf(-limits.noteDateMaxMs), /^-271821-04-20$/);
  }
});
