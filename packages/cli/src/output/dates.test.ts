import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIsoTime, formatLocalClock, formatLocalTime } from './dates.ts';

const ms = new Date(2026, 10, 3, 4, 5, 6).getTime();

test('a time is shown in the local zone, in the same form everywhere', () => {
  assert.equal(formatLocalTime(ms), '2026-11-03 04:05');
  assert.equal(formatLocalClock(ms), '04:05:06');
});

test('a time that no calendar has is shown as the last that one has', () => {
  assert.equal(formatIsoTime(0), '1970-01-01T00:00:00.000Z');
  assert.equal(formatIsoTime(Number.MAX_SAFE_INTEGER), '+275760-09-13T00:00:00.000Z');
});
