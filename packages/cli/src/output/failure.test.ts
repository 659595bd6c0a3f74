import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError, type ErrorCode } from '@dataans/core';
import { UsageError } from '../usage-error.ts';
import { describeFailure } from './failure.ts';

test('[CLI-2] each failure ends with the exit code that scripts rely on', () => {
  const exitCodeByCode: Readonly<Record<ErrorCode, number>> = {
    invalid: 1,
    'not-found': 1,
    ambiguous: 1,
    'too-large': 1,
    'not-signed-in': 3,
    'session-expired': 3,
    'login-required': 3,
    'wrong-credentials': 4,
    'other-account': 1,
    'server-unreachable': 5,
    'server-failed': 1,
    'server-refused': 1,
    integrity: 6,
    'storage-full': 1,
    'over-quota': 1,
    'storage-unusable': 1,
    busy: 1,
  };
  for (const [code, exitCode] of Object.entries(exitCodeByCode)) {
    // Object.entries gives up the type of its keys.
    const failure = describeFailure(
      new DataansError(code as ErrorCode, 'A sentence.', { advice: 'Do this.' }),
    );
    assert.deepEqual(failure, { code, message: 'A sentence.', advice: 'Do this.', exitCode });
  }
  assert.equal(describeFailure(new UsageError('No.')).exitCode, 2);
});

test('an exception that nobody planned is called a bug', () => {
  const failure = describeFailure(new RangeError('off by one'));
  assert.equal(failure.exitCode, 1);
  assert.match(failure.message, /^Unexpected error: off by one$/);
  assert.match(failure.advice, /bug/);
});

test('Ctrl-C is no failure of the program', () => {
  assert.equal(describeFailure(new DOMException('stop', 'AbortError')).exitCode, 130);
});
