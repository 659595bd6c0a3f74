import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../words/formats.ts';
import { tellDay } from './tell-day.ts';

const now = Date.UTC(2026, 10, 30, 0, 30);

test('a device that says only once a day that it is there is told by the day', () => {
  const told = ['en-GB', 'uk'].map((language) => {
    const formats = createFormats(language, 'UTC');
    return [0, 1, 3, 20].map((days) =>
      tellDay(now - days * 24 * 60 * 60_000 + 60_000, now, { formats, language }),
    );
  });
  assert.deepEqual(told, [
    ['today', 'yesterday', '3 days ago', '10 Nov'],
    ['сьогодні', 'учора', '3 дні тому', '10 лист.'],
  ]);
});
