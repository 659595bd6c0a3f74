import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from './formats.ts';

const kyiv = createFormats('en-GB', 'Europe/Kyiv');
const now = Date.UTC(2026, 10, 29, 22, 30); // 30 November in Kyiv

test('a day is that of the reader, not of Greenwich', () => {
  assert.equal(kyiv.day(now), '2026-11-30');
  assert.equal(kyiv.dayNumber(now), '30');
});

test('a moment is as short as it can be from now', () => {
  const before = (days: number): string => kyiv.short(now - days * 24 * 60 * 60_000, now);
  assert.equal(before(0), '00:30');
  assert.equal(before(2), 'Sat');
  assert.equal(before(20), '10 Nov');
  assert.equal(before(400), 'Oct 2025');
});

test('sizes are told in the unit that suits them', () => {
  assert.deepEqual([0, 999, 1_200, 2_400_000, 412_000_000, 1_900_000_000].map(kyiv.bytes), [
    '0 bytes',
    '999 bytes',
    '1 kB',
    '2.4 MB',
    '412 MB',
    '1.9 GB',
  ]);
});

test('a time is written as its language writes times', () => {
  const moment = Date.UTC(2026, 10, 29, 2, 5);
  const [american, ukrainian] = ['en-US', 'uk'].map((language) =>
    createFormats(language, 'UTC').time(moment),
  );
  assert.match(american ?? '', /^2:05\sAM$/);
  assert.equal(ukrainian, '02:05');
});
