import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configureAuth } from './methods.ts';

const place = { host: '127.0.0.1', publicHost: null };

test('[AUTH-5] an option that the method has no use for is refused with the methods that have one', () => {
  for (const [name, option, methods] of [
    ['token', 'DATAANS_ALLOW_USERS', 'cloudflare-access or jwt or trusted-header'],
    ['loopback', 'DATAANS_ACCESS_TEAM', 'cloudflare-access'],
    ['cloudflare-access', 'DATAANS_JWT_ISSUER', 'jwt'],
    ['token', 'DATAANS_ALLOW_EVERYBODY', 'a method that has such an option'],
  ] as const)
    assert.throws(() => configureAuth(name, { [option]: 'x' }, place), {
      name: 'OperatorError',
      exitCode: 2,
      message: `Refusing to start: ${option} has no effect with DATAANS_AUTH=${name}. Remove it, or set DATAANS_AUTH to ${methods}.`,
    });
});

test('[AUTH-5] an option that cannot be what it says is refused by whoever starts a server', () => {
  assert.throws(() => configureAuth('cloudflare-access', { DATAANS_ACCESS_TEAM: 'my team' }, place), {
    message: /^DATAANS_ACCESS_TEAM must be the name of a team/,
  });
});

test('[AUTH-5] methods without options start with none', () => {
  for (const name of ['loopback', 'token'] as const)
    assert.equal(typeof configureAuth(name, {}, place), 'function');
});
