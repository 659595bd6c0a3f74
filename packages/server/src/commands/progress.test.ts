import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress } from './progress.ts';

test('[SRV-31] progress stands in one line of a terminal, is shown ten times a second at most, and goes away', () => {
  const { progress, written, clock } = recordedProgress(true);
  progress.show('1 of 9');
  progress.show('2 of 9');
  clock.now = 100;
  progress.show('3 of 9');
  progress.clear();
  progress.clear();
  assert.deepEqual(written, ['\r\x1b[K1 of 9', '\r\x1b[K3 of 9', '\r\x1b[K']);
});

test('[SRV-31] without a terminal nothing is shown of progress', () => {
  const { progress, written } = recordedProgress(false);
  progress.show('1 of 9');
  progress.clear();
  assert.deepEqual(written, []);
});

function recordedProgress(isTerminal: boolean) {
  const written: string[] = [];
  const clock = { now: 0 };
  const write = (text: string) => void written.push(text);
  return { progress: createProgress({ isTerminal, write, now: () => clock.now }), written, clock };
}
