import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcessPeer } from './authenticator.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { StorageFullError } from '../stores/storage-full.ts';
import { testAuthMethod } from './authenticator.contract.ts';
import { createIdentity } from './identity.ts';
import { createMemoryTokens } from '../stores/memory-tokens.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { createTokenAuth } from './token.ts';
import { isToken, randomBytesToToken, tokenToHash } from './token-text.ts';

const token = randomBytesToToken(new Uint8Array(32).fill(1));
const otherToken = randomBytesToToken(new Uint8Array(32).fill(2));

testAuthMethod('token', async () => {
  const { tokens, clock, ...method } = await setUp();
  await tokens.add({ hash: tokenToHash(otherToken), name: 'laptop', created: clock.now(), expires: null });
  return {
    ...method,
    method: 'token',
    known: { name: 'phone', call: () => bearing(`Bearer ${token}`) },
    other: () => bearing(`Bearer ${otherToken}`),
    secret: token,
    strangers: {
      'somebody without a token': () => bearing(null),
      'somebody with a token of no server': () => bearing(`Bearer ${token}x`),
      'somebody with half a token': () => bearing(`Bearer ${token.slice(0, -1)}`),
      'somebody with a token in the address': () => ({
        request: new Request(`http://server/v1/log?access_token=${token}`),
        peer: inProcessPeer,
      }),
    },
    handsOver: null,
  };
});

test('[SRV-24] a token in force lets in its bearer under its name, until it expires', async () => {
  const { authenticate, clock } = await setUp({ expiresInMs: 1_000 });
  assert.deepEqual(
    await authenticate(bearing(`Bearer ${token}`)),
    createIdentity('token', 'phone', clock.now() + 1_000),
  );
  assert.equal((await authenticate(bearing(`bearer  ${token}`))).name, 'phone');
});

const refused: readonly (readonly [title: string, authorization: string | null, detail: RegExp])[] = [
  ['nothing', null, /needs an access token/],
  ['another scheme', 'Basic eDp5', /needs an access token/],
  ['no token', 'Bearer ', /needs an access token/],
  ['two tokens', `Bearer ${token} ${token}`, /needs an access token/],
  ['something else', 'Bearer hunter2', /isn't an access token of a Dataans server/],
  ['an unknown token', `Bearer ${randomBytesToToken(new Uint8Array(32))}`, /isn't valid on this server/],
];

for (const [title, authorization, detail] of refused)
  test(`[SRV-24] who bears ${title} is told what is wanted`, async () => {
    const { authenticate } = await setUp();
    await assert.rejects(authenticate(bearing(authorization)), {
      code: 'unauthorized',
      message: detail,
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

test('[SRV-24] no token is compared with another: the store is asked for its hash', async () => {
  const { tokens, clock } = await setUp();
  const asked: Uint8Array[] = [];
  const find = (hash: Uint8Array) => {
    asked.push(hash);
    return tokens.find(hash);
  };
  const list = () => assert.fail('All tokens were listed.');
  const store: TokenStore = { ...tokens, find, list };
  const { authenticate } = createTokenAuth({ tokens: store, clock });
  await authenticate(bearing(`Bearer ${token}`));
  assert.deepEqual(asked, [tokenToHash(token)]);
});

test('[SRV-24] an expired token is named so, from the moment it expires', async () => {
  const { authenticate, clock } = await setUp({ expiresInMs: 1_000 });
  await clock.advance(999);
  await authenticate(bearing(`Bearer ${token}`));
  await clock.advance(1);
  await assert.rejects(authenticate(bearing(`Bearer ${token}`)), { message: /expired/ });
});

test('[SRV-25] a revoked token is refused by the next request, and named so', async () => {
  const { authenticate, tokens, clock } = await setUp();
  await authenticate(bearing(`Bearer ${token}`));
  await tokens.revoke('phone', clock.now());
  await assert.rejects(authenticate(bearing(`Bearer ${token}`)), { message: /revoked/ });
});

test('[SRV-24] a use is noted once a minute, so that a request does not cost a write', async () => {
  const { authenticate, tokens, clock } = await setUp();
  const lastUsed = async () => (await tokens.find(tokenToHash(token)))?.lastUsed;
  const start = clock.now();
  await authenticate(bearing(`Bearer ${token}`));
  await clock.advance(59_999);
  await authenticate(bearing(`Bearer ${token}`));
  assert.equal(await lastUsed(), start);
  await clock.advance(1);
  await authenticate(bearing(`Bearer ${token}`));
  assert.equal(await lastUsed(), start + 60_000);
});

test('[SRV-6] a full disk locks nobody out', async () => {
  const { tokens, clock } = await setUp();
  const touch = () => Promise.reject(new StorageFullError(new Error('full')));
  const { authenticate } = createTokenAuth({ tokens: { ...tokens, touch }, clock });
  assert.equal((await authenticate(bearing(`Bearer ${token}`))).name, 'phone');
});

test('[SRV-24] a token is dat_ and 43 characters, and no two random ones are the same', () => {
  assert.match(token, /^dat_[A-Za-z0-9_-]{43}$/);
  assert.equal(isToken(token), true);
  for (const other of ['', 'dat_', token.slice(0, -1), `${token}a`, token.replace('dat_', 'tok_')])
    assert.equal(isToken(other), false);
  assert.notEqual(token, otherToken);
});

async function setUp({ expiresInMs = null }: { readonly expiresInMs?: number | null } = {}) {
  const tokens = createMemoryTokens();
  const clock = createManualClock();
  const created = clock.now();
  const expires = expiresInMs === null ? null : created + expiresInMs;
  await tokens.add({ hash: tokenToHash(token), name: 'phone', created, expires });
  return { tokens, clock, ...createTokenAuth({ tokens, clock }) };
}

function bearing(authorization: string | null) {
  const headers: Record<string, string> = authorization === null ? {} : { authorization };
  return { request: new Request('http://server/v1/log', { headers }), peer: inProcessPeer };
}
