import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clockCounterMax, clockDriftMaxMs, clockLeftAheadMs } from '../limits.ts';
import {
  compareStamps,
  earliestStamp,
  findClockLag,
  findClockLead,
  isClockLeftAhead,
  nextStamp,
  observeStamps,
  stampAfter,
  stampOnParents,
} from './clock.ts';

const stamp = fc.record({ at: fc.nat(2_000_000), c: fc.nat(clockCounterMax) });

test('[CLK-1] a new stamp is after the last, and not before the wall clock', () => {
  fc.assert(
    fc.property(stamp, fc.nat(2_000_000), (last, nowMs) => {
      const next = nextStamp(last, nowMs);
      assert.ok(compareStamps(next, last) > 0);
      assert.ok(next.at >= nowMs);
      assert.ok(next.c >= 0 && next.c <= clockCounterMax);
    }),
    { numRuns: 1_000 },
  );
});

test('[CLK-1] the counter starts at zero in each new millisecond', () => {
  assert.deepEqual(nextStamp({ at: 5, c: 7 }, 6), { at: 6, c: 0 });
  assert.deepEqual(nextStamp({ at: 5, c: 7 }, 5), { at: 5, c: 8 });
  assert.deepEqual(nextStamp({ at: 5, c: 7 }, 3), { at: 5, c: 8 });
  assert.deepEqual(nextStamp(earliestStamp, 0), { at: 0, c: 1 });
});

test('[CLK-2] a counter at its end carries into the milliseconds', () => {
  assert.deepEqual(nextStamp({ at: 5, c: clockCounterMax }, 5), { at: 6, c: 0 });
});

test('[CLK-2] nothing comes after the last stamp of all, which every operation can have', () => {
  const last = { at: Number.MAX_SAFE_INTEGER, c: clockCounterMax };
  assert.deepEqual(stampAfter({ ...last, c: 3 }), { ...last, c: 4 });
  assert.deepEqual(stampAfter(last), last);
});

test('[CLK-5] an operation is stamped after its parents, and with the clock where that is after them', () => {
  fc.assert(
    fc.property(stamp, stamp, (reading, parent) => {
      const stamped = stampOnParents(reading, parent);
      assert.ok(compareStamps(stamped, parent) > 0);
      assert.ok(compareStamps(stamped, reading) >= 0);
      assert.deepEqual(stamped, compareStamps(reading, parent) > 0 ? reading : stampAfter(parent));
      assert.deepEqual(stampOnParents(reading, null), reading);
    }),
    { numRuns: 1_000 },
  );
});

test('[CLK-6] a clock was left ahead if its last reading is more than ten minutes ahead', () => {
  const last = { at: 1_000 + clockLeftAheadMs, c: 0 };
  assert.equal(isClockLeftAhead(last, 1_000), false);
  assert.equal(isClockLeftAhead(last, 999), true);
  assert.equal(clockLeftAheadMs, 2 * clockDriftMaxMs);
});

test('[CLK-3] the clock follows the greatest stamp of a batch, whatever its order', () => {
  const seen = [
    { at: 7, c: 1 },
    { at: 9, c: 2 },
    { at: 9, c: 1 },
    { at: 8, c: 5 },
  ];
  assert.deepEqual(observeStamps(earliestStamp, seen, 100), { at: 9, c: 2 });
  assert.deepEqual(observeStamps(earliestStamp, seen.toReversed(), 100), { at: 9, c: 2 });
  assert.deepEqual(observeStamps({ at: 50, c: 0 }, seen, 100), { at: 50, c: 0 });
});

test('[CLK-3] stamps seen in any order, in parts and more than once leave the clock at one reading', () => {
  const sightings = fc.tuple(stamp, fc.array(stamp, { maxLength: 12 }), fc.nat(2_000_000)).chain((given) => {
    const [, seen] = given;
    const shuffled = fc.shuffledSubarray(seen, { minLength: seen.length });
    return fc.tuple(fc.constant(given), shuffled, fc.nat(seen.length));
  });
  fc.assert(
    fc.property(sightings, ([[last, seen, nowMs], shuffled, cut]) => {
      const whole = observeStamps(last, seen, nowMs);
      const inParts = [shuffled.slice(0, cut), shuffled.slice(cut), seen].reduce(
        (reading, part) => observeStamps(reading, part, nowMs),
        last,
      );
      assert.deepEqual(inParts, whole);
      assert.ok(compareStamps(whole, last) >= 0);
      for (const each of seen)
        if (each.at <= nowMs + clockDriftMaxMs) assert.ok(compareStamps(nextStamp(whole, nowMs), each) > 0);
    }),
    { numRuns: 1_000 },
  );
});

test('[CLK-3] a stamp too far in the future does not move the clock, one at the limit does', () => {
  const nowMs = 1_000;
  const atLimit = { at: nowMs + clockDriftMaxMs, c: 3 };
  const beyond = { at: nowMs + clockDriftMaxMs + 1, c: 0 };
  assert.deepEqual(observeStamps(earliestStamp, [beyond], nowMs), earliestStamp);
  assert.deepEqual(observeStamps(earliestStamp, [beyond, atLimit], nowMs), atLimit);
});

test('[CLK-4] a clock ahead of the server by more than the limit is reported with its lead', () => {
  assert.equal(findClockLead(1_000 + clockDriftMaxMs, 1_000), null);
  assert.equal(findClockLead(1_001 + clockDriftMaxMs, 1_000), clockDriftMaxMs + 1);
  assert.equal(findClockLead(0, 1_000_000_000), null);
});

test('[CLK-4] a clock behind the server by more than the limit is reported with its lag', () => {
  assert.equal(findClockLag(1_000, 1_000 + clockDriftMaxMs), null);
  assert.equal(findClockLag(1_000, 1_001 + clockDriftMaxMs), clockDriftMaxMs + 1);
  assert.equal(findClockLag(1_000_000_000, 0), null);
});
