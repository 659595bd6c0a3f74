import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '@dataans/core';
import fc from 'fast-check';
import { Refusal } from '../problems/refusal.ts';
import { createTestAuthContext } from '../testing/auth-context.ts';
import { forge, withKey } from '../testing/forge.ts';
import { createTestIssuer } from '../testing/issuer.ts';
import { assertRefused, createTestApp } from '../testing/test-app.ts';
import type { Identity } from './authenticator.ts';
import { testAuthMethod } from './authenticator.contract.ts';
import { cloudflareAccessMethod } from './cloudflare-access.ts';
import type { AuthOptionTexts } from './define-method.ts';

const team = 'https://myteam.cloudflareaccess.com';
const audience = 'a'.repeat(64);
const place = { host: '127.0.0.1', publicHost: 'notes.example.org' };
const needed = { DATAANS_ACCESS_TEAM: 'myteam', DATAANS_ACCESS_AUD: audience };
const service = 'f00d.access';
const issuer = await createTestIssuer();
issuer.publishKeys(`${team}/cdn-cgi/access/certs`);

testAuthMethod('cloudflare-access', async () => {
  const { sign, ...access } = setUp({ DATAANS_ALLOW_SERVICE_TOKENS: service });
  const [mine, others, services] = await Promise.all([
    sign(),
    sign({ email: 'other@example.org' }),
    sign({ sub: '', email: undefined, common_name: 'other.access' }),
  ]);
  return {
    ...access,
    method: 'cloudflare-access',
    known: { name: 'you@example.org', call: () => callWith(mine) },
    other: () => callWith(others),
    secret: mine,
    strangers: {
      'somebody who is not signed in': () => callWith(null),
      'somebody with half a token': () => callWith(mine.slice(0, -9)),
      'a service token that is not on the list': () => callWith(services),
      'somebody with the cookie alone': () => ({
        request: new Request('http://server/', { headers: { cookie: `CF_Authorization=${mine}` } }),
        peer: '127.0.0.1',
      }),
    },
    handsOver: { header: 'cf-access-token', token: mine },
  };
});

test('[AUTH-7] a user comes in until their session expires, a service token under its id', async () => {
  const { authenticate, sign, clock } = setUp({ DATAANS_ALLOW_SERVICE_TOKENS: service });
  const { name, expires } = await authenticate(callWith(await sign()));
  assert.equal(name, 'you@example.org');
  assert.equal(expires, clock.now() + 3_600_000);
  const token = await sign({ sub: '', email: undefined, common_name: service, nbf: undefined });
  assert.equal((await authenticate(callWith(token))).name, service);
});

test('[SRV-111] Access tells people apart by team and subject, and service tokens by client id', async () => {
  const { authenticate, sign } = setUp({ DATAANS_ALLOW_SERVICE_TOKENS: service });
  const renamed = await authenticate(callWith(await sign({ email: 'new@example.org' })));
  assert.deepEqual(renamed.subject, (await authenticate(callWith(await sign()))).subject);
  assert.deepEqual(renamed.subject.issuer, team);
  const heir = await authenticate(callWith(await sign({ sub: 'another' })));
  assert.notDeepEqual(heir.subject, renamed.subject);
  const token = await sign({ sub: '', email: undefined, common_name: service });
  const { subject } = await authenticate(callWith(token));
  assert.deepEqual(subject, { kind: 'service', issuer: team, id: service });
});

test('[AUTH-6] any of several applications may have let them in, and clocks may be 30 seconds apart', async () => {
  const { authenticate, sign, clock } = setUp({ DATAANS_ACCESS_AUD: `${'b'.repeat(64)}, ${audience}` });
  const seconds = clock.now() / 1_000;
  await authenticate(callWith(await sign({ aud: [audience, 'c'.repeat(64)] })));
  await authenticate(callWith(await sign({ aud: 'b'.repeat(64) })));
  await authenticate(callWith(await sign({ iat: seconds + 30, nbf: seconds + 30 })));
  await authenticate(callWith(await sign({ exp: seconds - 29 })));
});

test('[AUTH-6] a token that says it is in force for good is so for 32 days', async () => {
  const { authenticate, sign, clock } = setUp();
  const { expires } = await authenticate(callWith(await sign({ exp: 1e300 })));
  assert.equal(expires, clock.now() + 32 * 24 * 60 * 60 * 1_000);
});

test('[AUTH-6] whatever a token says and whoever has signed it, it lets somebody in or is refused', async () => {
  const { authenticate, user } = setUp();
  const assertJudged = (outcome: Identity | Refusal) => {
    if (outcome instanceof Refusal) assert.match(outcome.code, /^(?:unauthorized|forbidden)$/);
    else assert.ok(typeof outcome.name === 'string' && Number.isSafeInteger(outcome.expires));
  };
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.double(), fc.constant(undefined));
  const claims = fc.dictionary(fc.constantFrom(...Object.keys(user), 'common_name'), value);
  const header = fc.dictionary(
    fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jku', 'jwk', 'zip'),
    value,
  );
  await fc.assert(
    fc.asyncProperty(header, claims, async (oddHeader, oddClaims) => {
      const token = forge(
        { alg: 'RS256', kid: issuer.key().kid, ...oddHeader },
        { ...user, ...oddClaims },
        withKey(issuer.key()),
      );
      assertJudged(await outcomeOf(authenticate(callWith(token))));
    }),
    { numRuns: 300 },
  );
});

test('[AUTH-6] whatever the header holds, nobody comes in who is not signed in', async () => {
  const { authenticate } = setUp();
  const text = fc.stringMatching(/^[.,;= "eyJAz09_\-+/é]{0,200}$/);
  await fc.assert(
    fc.asyncProperty(text, async (held) => {
      const outcome = await outcomeOf(authenticate(callWith(held)));
      assert.ok(outcome instanceof Refusal && outcome.code === 'unauthorized');
    }),
    { numRuns: 500 },
  );
});

test('[AUTH-5] a team is its name, its domain, or its address', async () => {
  for (const [written, origin] of [
    ['myteam', team],
    ['MyTeam', team],
    ['myteam.cloudflareaccess.com', team],
    ['myteam.fed.cloudflareaccess.com', 'https://myteam.fed.cloudflareaccess.com'],
    ['https://login.example.org', 'https://login.example.org'],
    ['https://myteam.cloudflareaccess.com/', team],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
  ] as const) {
    const parsed = cloudflareAccessMethod.options.DATAANS_ACCESS_TEAM.parse(written);
    assert.deepEqual(parsed, { ok: true, value: origin });
  }
  for (const written of [
    '',
    'my team',
    'myteam.example.org',
    'http://login.example.org',
    'https://login.example.org/path',
    'https://login.example.org?x',
    'https://user@login.example.org',
    'ftp://127.0.0.1',
    'myteam/../evil',
  ])
    assert.equal(cloudflareAccessMethod.options.DATAANS_ACCESS_TEAM.parse(written).ok, false, written);
});

test('[AUTH-5] without a team or an AUD tag the server does not start, and says what to set', () => {
  for (const missing of ['DATAANS_ACCESS_TEAM', 'DATAANS_ACCESS_AUD'] as const) {
    const { [missing]: _, ...rest } = needed;
    assert.throws(() => cloudflareAccessMethod.configure(rest, place), {
      name: 'OperatorError',
      exitCode: 2,
      message: new RegExp(`^Refusing to start: .* also needs ${missing}\\. Set it to the `),
    });
  }
  assert.throws(() => cloudflareAccessMethod.configure({}, place), {
    message:
      /also needs DATAANS_ACCESS_TEAM and DATAANS_ACCESS_AUD\. Set DATAANS_ACCESS_TEAM to .* Set DATAANS_ACCESS_AUD to /,
  });
});

test('[AUTH-8] a team whose keys cannot be had answers 503 and when to try again, never 401', async () => {
  const context = createTestAuthContext();
  const { authenticate } = cloudflareAccessMethod.configure(needed, place)(context);
  await assert.rejects(authenticate(callWith(await setUp().sign())), {
    code: 'unavailable',
    headers: { 'retry-after': '5' },
    reason: 'keys-unavailable',
  });
  await assert.rejects(authenticate(callWith(null)), { code: 'unauthorized', reason: 'missing' });
});

test('[SRV-41] what the server answers callers that it does not let in is documented', async () => {
  const { authenticate, sign } = setUp({ DATAANS_ALLOW_USERS: 'other@example.org' });
  const { send } = createTestApp({ authenticate });
  await assertRefused(await send('GET', paths.log), 'unauthorized');
  const headers = { 'cf-access-jwt-assertion': await sign() };
  await assertRefused(await send('GET', paths.log, { headers }), 'forbidden');
  const alone = cloudflareAccessMethod.configure(needed, place)(createTestAuthContext());
  const answer = await createTestApp(alone).send('GET', paths.log, { headers });
  await assertRefused(answer, 'unavailable');
  assert.equal(answer.headers.get('retry-after'), '5');
});

function setUp(texts: AuthOptionTexts = {}) {
  const context = createTestAuthContext({ fetch: issuer.fetch });
  const { clock } = context;
  const seconds = Math.floor(clock.now() / 1_000);
  const user = {
    aud: [audience],
    email: 'you@example.org',
    exp: seconds + 3_600,
    iat: seconds,
    nbf: seconds,
    iss: team,
    type: 'app',
    sub: '7335d417-61da-459d-899c-0a01c76a2f94',
  };
  return {
    ...cloudflareAccessMethod.configure({ ...needed, ...texts }, place)(context),
    clock,
    user,
    sign: (claims: object = {}) => issuer.sign({ ...user, ...claims }),
  };
}

/** Rejects where somebody was neither known nor refused. */
async function outcomeOf(answer: Promise<Identity>): Promise<Identity | Refusal> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function callWith(assertion: string | null) {
  const headers: Record<string, string> = assertion === null ? {} : { 'cf-access-jwt-assertion': assertion };
  return { request: new Request('http://server/v1/log', { headers }), peer: '127.0.0.1' };
}
