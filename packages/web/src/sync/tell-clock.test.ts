import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInEnglish as words } from '../words/findings/english.ts';
import { tellClock } from './tell-clock.ts';

const right = { clockLeadMs: null, clockLagMs: null, serverClockSuspected: false, clockLeftAhead: null };
const hourMs = 3_600_000;

test('[SYN-13] a clock that is wrong says whose it is, and clocks that agree say nothing', () => {
  assert.deepEqual(tellClock(right, words), []);
  assert.deepEqual(tellClock({ ...right, clockLeadMs: hourMs }, words), [words.clockAhead(hourMs)]);
  assert.deepEqual(tellClock({ ...right, clockLagMs: hourMs }, words), [words.clockBehind(hourMs)]);
  const suspected = { ...right, clockLeadMs: hourMs, serverClockSuspected: true };
  assert.deepEqual(tellClock(suspected, words), [words.serverClock(hourMs)]);
});

test('[CLK-6] a device that goes on as a new one says so', () => {
  const left = { ...right, clockLeftAhead: { at: 0, aheadMs: hourMs } };
  assert.deepEqual(tellClock(left, words), [words.clockLeftAhead(hourMs)]);
});
