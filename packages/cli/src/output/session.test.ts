import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLocalTime } from './dates.ts';
import { describeSession, sessionToJson } from './session.ts';

const expires = Date.UTC(2026, 10, 24, 4);
const command = 'dataans sign-in https://notes.example';

test('[SYN-14] a session is shown with its end and, once it has expired, with what to run', () => {
  const until = formatLocalTime(expires);
  assert.equal(describeSession({ state: 'active', expires }, command), `active until ${until}`);
  assert.equal(describeSession({ state: 'active', expires: null }, command), null);
  assert.equal(
    describeSession({ state: 'ended', expires }, command),
    `expired ${until}. Sign in again with: ${command}`,
  );
  assert.equal(
    describeSession({ state: 'ended', expires: null }, command),
    `expired. Sign in again with: ${command}`,
  );
  assert.equal(describeSession(null, command), null);
});

test('as JSON its end is a time in UTC', () => {
  assert.deepEqual(sessionToJson({ state: 'active', expires }), {
    state: 'active',
    expires: '2026-11-24T04:00:00.000Z',
  });
  assert.deepEqual(sessionToJson({ state: 'ended', expires: null }), { state: 'ended', expires: null });
  assert.equal(sessionToJson(null), null);
});
