import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleOption } from './schedule.ts';

const { parse } = scheduleOption('');
const hourMs = 3_600_000;

test('[SRV-80] an interval is due again and again from the last time on', () => {
  const parsed = parse('6h');
  assert.ok(parsed.ok);
  assert.equal(parsed.value.next(1_000), 1_000 + 6 * hourMs);
});

test('[SRV-80] a cron expression is due at its own times', () => {
  const parsed = parse('30 3 * * *');
  assert.ok(parsed.ok);
  const after = new Date(2026, 4, 5, 3, 30).getTime();
  assert.equal(parsed.value.next(after), new Date(2026, 4, 6, 3, 30).getTime());
});

for (const text of ['', '0h', '6', 'daily', '* * *', '* * * * * *', '0 25 * * *', '0 0 31 2 *'])
  test(`[SRV-80] “${text}” is no schedule`, () => {
    const parsed = parse(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.mustBe, /^an interval such as 6h/);
  });
