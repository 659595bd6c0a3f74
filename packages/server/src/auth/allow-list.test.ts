import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireAllowed, type AllowList, type Person } from './allow-list.ts';

const listed: AllowList = {
  DATAANS_ALLOW_USERS: ['you@example.org'],
  DATAANS_ALLOW_DOMAINS: ['example.com'],
  DATAANS_ALLOW_SERVICE_TOKENS: ['f00d.access'],
};

test('[AUTH-9] a list lets in the users, domains and service tokens that it names', () => {
  requireAllowed(user('you@example.org'), listed);
  requireAllowed(user('anybody@example.com'), listed);
  requireAllowed({ kind: 'service', name: 'f00d.access' }, listed);
});

for (const name of [
  'You@example.org',
  'you@Example.org',
  'YOU@EXAMPLE.ORG',
  ' you@example.org',
  'you@example.org ',
  'уou@example.org',
  'you@еxample.org',
  'you@example.org\u0000',
  'you@example.org,you@example.org',
  'you@example.org@evil.example',
  'you+x@example.org',
  '@example.com',
  'example.com',
  'x@sub.example.com',
  'x@example.com.evil.example',
  'x@notexample.com',
  'x@evil.example@example.com',
  'x@EXAMPLE.com',
  'x@ехample.com',
  '',
])
  test(`[AUTH-9] it does not let in ${JSON.stringify(name)}`, () => {
    assert.throws(() => requireAllowed(user(name), listed), { code: 'forbidden', reason: 'not-allowed' });
  });

test('[AUTH-9] a user does not pass as a service token, nor the other way round', () => {
  assert.throws(() => requireAllowed(user('f00d.access'), listed), { reason: 'not-allowed' });
  assert.throws(() => requireAllowed({ kind: 'service', name: 'you@example.org' }, listed), {
    reason: 'not-allowed',
  });
});

test('[AUTH-9] without a list of users every user passes, and no service token', () => {
  for (const list of [{}, { DATAANS_ALLOW_USERS: null, DATAANS_ALLOW_DOMAINS: null }]) {
    requireAllowed(user('anybody@example.net'), list);
    assert.throws(() => requireAllowed({ kind: 'service', name: 'f00d.access' }, list), {
      reason: 'not-allowed',
    });
  }
});

function user(name: string): Person {
  return { kind: 'user', name };
}
