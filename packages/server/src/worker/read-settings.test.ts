import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex } from '@dataans/core';
import { tokenToHash } from '../auth/token-text.ts';
import { readWorkerSettings } from './read-settings.ts';

const access = { DATAANS_ACCESS_TEAM: 'myteam', DATAANS_ACCESS_AUD: 'a'.repeat(64) };
const hash = bytesToHex(tokenToHash('dat_phone'));

test('[SRV-133] a Worker is behind Cloudflare Access unless it is told otherwise, with one account', () => {
  const { auth, areMany, publicUrl } = readWorkerSettings({ ...access, ACCOUNTS: {}, CHUNKS: {} });
  assert.deepEqual(
    { auth, areMany, publicUrl },
    { auth: 'cloudflare-access', areMany: false, publicUrl: null },
  );
});

test('[SRV-133] a token is known by its hash in the settings, and nobody else is', async () => {
  const { tokens } = readWorkerSettings({ DATAANS_AUTH: 'token', DATAANS_TOKENS: `phone=${hash}` });
  assert.equal((await tokens.find(tokenToHash('dat_phone')))?.name, 'phone');
  assert.equal(await tokens.find(tokenToHash('dat_other')), null);
});

for (const [what, environment, sentence] of [
  ['nothing', {}, /DATAANS_ACCESS_TEAM and DATAANS_ACCESS_AUD/],
  ['a method for one machine', { DATAANS_AUTH: 'loopback' }, /DATAANS_AUTH must be one of cloudflare-access/],
  [
    'tokens that are none',
    { DATAANS_AUTH: 'token', DATAANS_TOKENS: 'phone' },
    /DATAANS_TOKENS must be the name/,
  ],
  ['a sign-in by tokens without any', { DATAANS_AUTH: 'token' }, /also needs DATAANS_TOKENS/],
  ['tokens that nobody asks for', { ...access, DATAANS_TOKENS: `phone=${hash}` }, /has no effect/],
  [
    'an option that does not exist',
    { ...access, DATAANS_ACCES_TEAM: 'x' },
    /Did you mean DATAANS_ACCESS_TEAM/,
  ],
  ['an option of another method', { ...access, DATAANS_JWT_ISSUER: 'x' }, /DATAANS_JWT_ISSUER has no effect/],
  [
    'a list in the place of a text',
    { ...access, DATAANS_ALLOW_USERS: ['you@example.org'] },
    /must be a text/,
  ],
  [
    'tokens for many accounts',
    { DATAANS_AUTH: 'token', DATAANS_TOKENS: `phone=${hash}`, DATAANS_ACCOUNTS: 'many' },
    /doesn't tell people apart/,
  ],
] as const)
  test(`[SRV-133] a Worker that is given ${what} serves nobody and says why`, () => {
    assert.throws(() => readWorkerSettings(environment), { name: 'OperatorError', message: sentence });
  });
