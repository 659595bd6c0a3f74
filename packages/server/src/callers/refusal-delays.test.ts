import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRefusalDelays } from './refusal-delays.ts';

function refuse(times: number, delays = createRefusalDelays(), address = 'a', now = 0): readonly number[] {
  return Array.from({ length: times }, () => delays.next(address, now));
}

test('[AUTH-22] after ten refusals answers wait, twice as long each time, up to five seconds', () => {
  assert.deepEqual(refuse(18), [
    ...Array<number>(10).fill(0),
    100,
    200,
    400,
    800,
    1_600,
    3_200,
    5_000,
    5_000,
  ]);
  assert.equal(refuse(5_000).at(-1), 5_000);
});

test('[AUTH-22] an address that was not refused for a minute begins anew', () => {
  const delays = createRefusalDelays();
  refuse(12, delays);
  assert.equal(delays.next('a', 59_999), 400);
  assert.equal(delays.next('a', 59_999 + 60_000), 0);
});

test('[AUTH-22] one address does not wait for another, and a thousand of them are known', () => {
  const delays = createRefusalDelays();
  refuse(11, delays);
  assert.equal(delays.next('b', 0), 0);
  for (let other = 0; other < 998; other += 1) delays.next(`c${other}`, 0);
  assert.equal(delays.next('a', 0), 200);
  for (let other = 0; other < 1_000; other += 1) delays.next(`d${other}`, 0);
  assert.equal(delays.next('a', 0), 0);
});
