import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UsageError } from '../usage-error.ts';
import { parseMoment, parsePastMoment } from './parse-moment.ts';

process.env['TZ'] = 'Europe/Berlin';
const nowMs = Date.UTC(2026, 10, 23, 13, 5, 9, 250);

function assertTimes(cases: readonly (readonly [text: string, expected: string])[]): void {
  for (const [text, expected] of cases)
    assert.equal(new Date(parseMoment(text, nowMs)).toISOString(), expected, text);
}

test('[HIS-12] a time with a zone is that instant', () => {
  assertTimes([
    ['2026-11-23T14:05Z', '2026-11-23T14:05:00.000Z'],
    ['2026-11-23T14:05:09Z', '2026-11-23T14:05:09.000Z'],
    ['2026-11-23t14:05:09.1z', '2026-11-23T14:05:09.100Z'],
    ['2026-11-23T14:05:09.123456789Z', '2026-11-23T14:05:09.123Z'],
    ['2026-11-23 14:05:09,5 +01:00', '2026-11-23T13:05:09.500Z'],
    ['2026-11-23T14:05-0330', '2026-11-23T17:35:00.000Z'],
    ['2026-11-23T00:30+01', '2026-11-22T23:30:00.000Z'],
    ['2028-02-29T00:00Z', '2028-02-29T00:00:00.000Z'],
  ]);
});

test('[HIS-12] a time without a zone is local, and a date is its beginning', () => {
  assertTimes([
    ['2026-11-23 14:05', '2026-11-23T13:05:00.000Z'],
    ['2026-07-01T14:05:30', '2026-07-01T12:05:30.000Z'],
    ['2026-11-23', '2026-11-22T23:00:00.000Z'],
    ['  2026-07-01  ', '2026-06-30T22:00:00.000Z'],
  ]);
});

test('[HIS-12] a time ago is counted back from now, days and weeks by the calendar', () => {
  assertTimes([
    ['30 seconds ago', '2026-11-23T13:04:39.250Z'],
    ['2 hours ago', '2026-11-23T11:05:09.250Z'],
    ['an hour ago', '2026-11-23T12:05:09.250Z'],
    ['1 Minute  Ago', '2026-11-23T13:04:09.250Z'],
    ['90min ago', '2026-11-23T11:35:09.250Z'],
    ['0 days ago', '2026-11-23T13:05:09.250Z'],
    ['yesterday', '2026-11-22T13:05:09.250Z'],
    ['3 days ago', '2026-11-20T13:05:09.250Z'],
    ['2 weeks ago', '2026-11-09T13:05:09.250Z'],
    ['30 days ago', '2026-10-24T12:05:09.250Z'], // Clocks went back on 25 October.
    ['now', '2026-11-23T13:05:09.250Z'],
  ]);
});

test('[HIS-12] anything else is refused with examples', () => {
  const texts = [
    '',
    ' ',
    'soon',
    'tomorrow',
    '2026',
    '+999999-01-01',
    '+275760-09-13 12:00',
    '2026-13-01',
    '2026-02-30',
    '2026-04-31',
    '2026-11-00',
    '0050-01-01',
    '2026-02-29T10:00Z',
    '2026-1-1',
    '14:05',
    '2026-11-23T24:00',
    '2026-11-23T10:60',
    '2026-11-23T10:00:60',
    '2026-11-23T10:00+25:00',
    '1795344000',
    'hours ago',
    '-2 hours ago',
    '2 fortnights ago',
    '2 hours',
    '1.5 hours ago',
    '999999999 weeks ago',
    '2026-11-23T10:00 CET',
    '٢ hours ago',
    '2026-11-23\u0000',
    '9'.repeat(100_000),
  ];
  for (const text of texts)
    assert.throws(
      () => parseMoment(text, nowMs),
      (error: unknown) => {
        assert.ok(error instanceof UsageError, text);
        assert.match(error.advice, /2 hours ago/);
        return true;
      },
    );
});

test('[HIS-12] a time to come is refused where only what was can be meant', () => {
  const earlier = nowMs - 1;
  assert.deepEqual(parsePastMoment('1 second ago', nowMs, earlier), {
    shown: nowMs - 1_000,
    at: nowMs - 1_000,
  });
  assert.deepEqual(parsePastMoment('now', nowMs, earlier), { shown: nowMs, at: nowMs });
  assert.deepEqual(parsePastMoment('2026-11-23T13:05:09.250Z', nowMs, earlier), { shown: nowMs, at: nowMs });
  for (const text of ['2026-11-23T13:05:09.251Z', '2026-11-24', '+275760-09-12'])
    assert.throws(() => parsePastMoment(text, nowMs, earlier), UsageError, text);
  assert.throws(() => parsePastMoment('soon', nowMs, earlier), /as a time/);
});

test('[HIS-12] a time that the clock here has yet to reach is accepted if something here is of then', () => {
  const later = nowMs + 86_400_000;
  const hourLater = nowMs + 3_600_000;
  assert.deepEqual(parsePastMoment('2026-11-23T14:05:09.250Z', nowMs, later), {
    shown: hourLater,
    at: hourLater,
  });
  assert.deepEqual(parsePastMoment('now', nowMs, later), { shown: nowMs, at: nowMs + 86_400_000 });
  assert.throws(() => parsePastMoment('2026-11-24T13:05:09.251Z', nowMs, later), UsageError);
});

test('[HIS-12] what is printed as a time is read as that time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8.64e15 }), (ms) => {
      assert.equal(parseMoment(new Date(ms).toISOString(), nowMs), ms);
    }),
  );
});
