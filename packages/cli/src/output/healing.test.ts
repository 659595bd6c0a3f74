import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeHealing, healingToJson } from './healing.ts';

const at = 1_795_344_000_000;

test('[HEAL-8] a healing says how much the server had lost, and whether it has it again', () => {
  assert.equal(
    describeHealing({ at, lost: 1_212, done: true }),
    'The server had lost 1,212 entries of its log. This device has sent them again.',
  );
  assert.equal(
    describeHealing({ at, lost: 1, done: false }),
    'The server had lost 1 entry of its log. The next sync sends it again.',
  );
  assert.equal(
    describeHealing({ at, lost: 0, done: true }),
    'The server was restored or replaced, and has everything from this device again.',
  );
});

test('a healing is dated in JSON', () => {
  assert.deepEqual(healingToJson({ at, lost: 2, done: true }), {
    at: new Date(at).toISOString(),
    lost: 2,
    done: true,
  });
  assert.equal(healingToJson(null), null);
});
