import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseKept, keepRuleOption, keepRuleToText } from './keep-rule.ts';

const { parse } = keepRuleOption('');

test('[SRV-81] the newest of each day, week and month stays, as many as were asked for', () => {
  const hours = Array.from({ length: 24 * 70 }, (_, hour) => hour);
  const backups = hours.map((hour) => ({ made: new Date(Date.UTC(2026, 0, 1, hour)).toISOString() }));
  const kept = [...chooseKept(backups, { days: 3, weeks: 2, months: 3 })].map(({ made }) => made);
  assert.deepEqual(
    kept.map((made) => made.slice(0, 13)).toSorted(),
    [
      '2026-01-31T23', // The end of January.
      '2026-02-28T23', // The end of February.
      '2026-03-08T23', // A Sunday, which ends its week, and a day.
      '2026-03-10T23',
      '2026-03-11T23', // The newest: of its day, its week and its month.
      '2026-03-09T23',
    ].toSorted(),
  );
});

test('[SRV-81] the newest stays if nothing is to be kept, and days without a backup count for nothing', () => {
  const backups = ['2026-03-01', '2026-01-01', '2025-06-01'].map((day) => ({ made: `${day}T00:00:00.000Z` }));
  const [newest, before, oldest] = backups;
  assert.deepEqual([...chooseKept(backups, { days: 0, weeks: 0, months: 0 })], [newest]);
  assert.deepEqual([...chooseKept(backups, { days: 2, weeks: 0, months: 0 })], [newest, before]);
  assert.ok(!chooseKept(backups, { days: 2, weeks: 2, months: 2 }).has(oldest ?? { made: '' }));
});

test('[SRV-81] a rule says each span once', () => {
  const parsed = parse('7d, 4w');
  assert.ok(parsed.ok);
  assert.equal(keepRuleToText(parsed.value), '7d,4w,0m');
  for (const text of ['', '7', '7d,8d', '1y', '-1d']) assert.ok(!parse(text).ok, text);
});
