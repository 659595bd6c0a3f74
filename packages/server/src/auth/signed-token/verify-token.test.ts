import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, type JWK } from 'jose';
import { Refusal } from '../../problems/refusal.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createTestIssuer } from '../../testing/issuer.ts';
import { verifyToken } from './verify-token.ts';

const issuer = await createTestIssuer();
const clock = createManualClock();
const demands = { issuers: ['issuer'], audiences: ['server'], algorithms: ['RS256'] };
const seconds = clock.now() / 1_000;
const token = await issuer.sign({
  iss: 'issuer',
  aud: 'server',
  sub: 'you',
  iat: seconds,
  exp: seconds + 60,
});
const { jwk } = issuer.key();

test('[AUTH-6] a token that one of the keys has signed is read, with its end', async () => {
  const verified = await verifyWith(jwk);
  assert.ok(verified.ok);
  assert.equal(verified.claims.sub, 'you');
  assert.equal(verified.expires, clock.now() + 60_000);
});

const unusable: Readonly<Record<string, JWK>> = {
  'a modulus of 24 bits': { ...jwk, n: 'AAAA' },
  'a modulus of zeros': { ...jwk, n: 'A'.repeat(342) },
  'no exponent': { ...jwk, e: '' },
  'an exponent that is none': { ...jwk, e: '!' },
  'another curve': { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'key-1' },
};

for (const [what, key] of Object.entries(unusable))
  test(`[AUTH-8] a published key with ${what} refuses its tokens, and fails nothing`, async () => {
    const verified = await verifyWith(key);
    assert.ok(!verified.ok);
    assert.match(verified.reason, /^(?:unknown-key|bad-signature)$/);
  });

test('[AUTH-8] where nobody can judge, that is what is said', async () => {
  const unavailable = new Refusal('unavailable', 'No keys.');
  await assert.rejects(
    verifyToken(token, () => Promise.reject(unavailable), demands, clock),
    unavailable,
  );
});

function verifyWith(key: JWK) {
  return verifyToken(token, createLocalJWKSet({ keys: [key] }), demands, clock);
}
