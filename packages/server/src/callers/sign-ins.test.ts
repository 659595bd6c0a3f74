import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignIns } from './sign-ins.ts';

const hourMs = 60 * 60 * 1_000;

test('[AUTH-20] a caller signs in with their first request, and with the first after an hour without one', () => {
  const signIns = createSignIns();
  const begins = [0, 1, hourMs, 2 * hourMs, 3 * hourMs + 1].map((now) => signIns.begins('a', now));
  assert.deepEqual(begins, [true, false, false, false, true]);
  assert.equal(signIns.begins('b', 0), true);
});
