import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { paths } from '@dataans/core';
import type { AppDependencies } from '../app.ts';
import { createIdentity } from '../auth/identity.ts';
import { createMemoryTokens } from '../stores/memory-tokens.ts';
import { randomBytesToToken, tokenToHash } from '../auth/token-text.ts';
import { createTokenAuth } from '../auth/token.ts';
import { Refusal } from '../problems/refusal.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createRecordedLogger } from '../testing/recorded-logger.ts';
import { assertRefused, createTestApp } from '../testing/test-app.ts';

const token = randomBytesToToken(new Uint8Array(32).fill(1));
const known = { authorization: `Bearer ${token}` };
const phone = createIdentity('token', 'phone', null).hash;
const peer = '203.0.113.7';

/** An app that knows one token, and what it logs beside its requests. */
async function setUp(overrides: Partial<AppDependencies> = {}) {
  const clock = createManualClock();
  const tokens = createMemoryTokens();
  await tokens.add({ hash: tokenToHash(token), name: 'phone', created: clock.now(), expires: null });
  const logger = createRecordedLogger();
  const { authenticate } = createTokenAuth({ tokens, clock });
  const { send } = createTestApp({
    clock,
    authenticate,
    authMethod: 'token',
    logger,
    ...overrides,
  });
  const refuse = (headers = {}) => send('GET', paths.log, { headers, peer });
  const lines = () => logger.lines.filter(({ message }) => message !== 'request');
  return { clock, tokens, lines, send, refuse };
}

test('[AUTH-20] a sign-in is a line with the method and a hash, and what follows it none', async () => {
  const { send, lines, clock } = await setUp();
  const expected = { level: 'info', auth: 'token', caller: phone, message: 'signed in' };
  for (const path of [paths.log, paths.session]) await send('GET', path, { headers: known });
  await send('GET', '/health');
  assert.deepEqual(lines(), [expected]);
  await clock.advance(60 * 60 * 1_000 + 1);
  await send('GET', paths.log, { headers: known });
  assert.deepEqual(lines(), [expected, expected]);
});

test('[AUTH-3] [AUTH-20] a refusal is a line with the reason, the route and the address, and the hash of whom it knows', async () => {
  const { send, lines, tokens, clock } = await setUp();
  await assertRefused(await send('GET', paths.log, { peer }), 'unauthorized');
  await tokens.revoke('phone', clock.now());
  await assertRefused(await send('GET', paths.logAt(7), { headers: known, peer }), 'unauthorized');
  await assertRefused(
    await send('POST', paths.operations, { headers: { origin: 'https://elsewhere.example' } }),
    'forbidden',
  );
  const refused = { level: 'warn', auth: 'token', message: 'refused' };
  assert.deepEqual(lines(), [
    { ...refused, reason: 'missing', route: paths.log, address: peer },
    { ...refused, reason: 'revoked', route: `${paths.log}/:seq`, address: peer, caller: phone },
    { ...refused, reason: 'cross-site', route: paths.operations },
  ]);
  assert.ok(!JSON.stringify(lines()).includes(token) && !JSON.stringify(lines()).includes('phone'));
});

test('[AUTH-21] metrics count sign-ins by method, and refusals by method and reason', async () => {
  const { send, refuse } = await setUp();
  for (const headers of [{}, {}, { authorization: 'Bearer x' }]) await refuse(headers);
  const text = await (await send('GET', '/metrics', { headers: known })).text();
  assert.match(text, /^dataans_sign_ins_total\{method="token"\} 1$/m);
  assert.match(text, /^dataans_refusals_total\{method="token",reason="missing"\} 2$/m);
  assert.match(text, /^dataans_refusals_total\{method="token",reason="malformed"\} 1$/m);
});

test('[AUTH-22] the eleventh refusal of an address waits, and who is known from there does not', async () => {
  const { send, refuse, clock } = await setUp();
  for (let count = 0; count < 10; count += 1) await refuse();
  const waiting = refuse();
  assert.equal((await send('GET', paths.log, { headers: known, peer })).status, 200);
  assert.equal((await send('GET', '/health', { peer })).status, 200);
  await assertRefused(await send('GET', paths.log, { peer: '198.51.100.1' }), 'unauthorized');
  assert.equal(clock.pending(), 1);
  await clock.advance(100);
  await assertRefused(await waiting, 'unauthorized');
});

test('[AUTH-22] a program of the machine itself, and a server that has no keys, make nobody wait', async () => {
  const local = await setUp();
  for (let count = 0; count < 30; count += 1)
    await assertRefused(await local.send('GET', paths.log, { peer: '127.0.0.1' }), 'unauthorized');
  const authenticate = async () => {
    throw new Refusal('unavailable', 'No keys.', { 'retry-after': '5' }, 'keys-unavailable');
  };
  const keyless = await setUp({ authenticate });
  for (let count = 0; count < 30; count += 1) await assertRefused(await keyless.refuse(), 'unavailable');
});

test('[AUTH-22] no more than 64 answers wait: others are told at once to come later', async () => {
  const { send, refuse, clock } = await setUp();
  for (let count = 0; count < 10; count += 1) await refuse();
  const waiting = Array.from({ length: 64 }, () => refuse());
  const crowded = await refuse();
  assert.equal(crowded.headers.get('retry-after'), '5');
  await assertRefused(crowded, 'too-many-requests');
  assert.equal((await send('GET', paths.log, { headers: known, peer })).status, 200);
  await clock.advance(5_000);
  for (const answer of await Promise.all(waiting)) await assertRefused(answer, 'unauthorized');
  const next = refuse();
  while (clock.pending() === 0) await turn();
  await clock.advance(5_000);
  await assertRefused(await next, 'unauthorized');
});

test('[AUTH-22] [SRV-32] a server that stops lets nobody wait', async () => {
  const stopping = new AbortController();
  const { refuse, clock } = await setUp({ stopping: stopping.signal });
  for (let count = 0; count < 10; count += 1) await refuse();
  const waiting = refuse();
  while (clock.pending() === 0) await turn();
  stopping.abort();
  await assertRefused(await waiting, 'unauthorized');
  await assertRefused(await refuse(), 'unauthorized');
  assert.equal(clock.pending(), 0);
});
