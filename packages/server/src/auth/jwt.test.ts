import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcessPeer } from './authenticator.ts';
import { createTestAuthContext } from '../testing/auth-context.ts';
import { createTestIssuer } from '../testing/issuer.ts';
import { testAuthMethod } from './authenticator.contract.ts';
import type { AuthOptionTexts } from './define-method.ts';
import { jwtMethod } from './jwt.ts';
import type { JwtPresetName } from './jwt-presets.ts';

interface PresetCase {
  readonly alg: 'RS256' | 'ES256';
  readonly texts: AuthOptionTexts;
  /** Addresses that answer; the last one with the keys. */
  readonly keysUrl: string;
  readonly header: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly name: string;
}

const tenant = 'https://login.example.com/tenant/v2.0';
const googleAudience = '/projects/7/global/backendServices/9';
const openId = {
  alg: 'RS256',
  texts: {
    DATAANS_JWT_ISSUER: tenant,
    DATAANS_JWT_AUDIENCE: 'client-id',
    DATAANS_ALLOW_DOMAINS: 'example.org',
  },
  keysUrl: 'https://login.example.com/tenant/keys',
  header: 'authorization',
  claims: { iss: tenant, aud: 'client-id', email: 'you@example.org', email_verified: true },
  name: 'you@example.org',
} as const satisfies PresetCase;

const cases: Readonly<Record<JwtPresetName, PresetCase>> = {
  oidc: openId,
  'oauth2-proxy': { ...openId, alg: 'ES256' },
  azure: {
    ...openId,
    header: 'x-ms-token-aad-id-token',
    claims: {
      iss: tenant,
      aud: 'client-id',
      preferred_username: 'you@example.org',
      email: 'someone@evil.example',
    },
  },
  pomerium: {
    alg: 'ES256',
    texts: {},
    keysUrl: 'https://notes.example.org/.well-known/pomerium/jwks.json',
    header: 'x-pomerium-jwt-assertion',
    claims: { iss: 'notes.example.org', aud: 'notes.example.org', email: 'you@example.org' },
    name: 'you@example.org',
  },
  'google-iap': {
    alg: 'ES256',
    texts: { DATAANS_JWT_AUDIENCE: googleAudience },
    keysUrl: 'https://www.gstatic.com/iap/verify/public_key-jwk',
    header: 'x-goog-iap-jwt-assertion',
    claims: { iss: 'https://cloud.google.com/iap', aud: googleAudience, email: 'you@example.org' },
    name: 'you@example.org',
  },
};

for (const [preset, { name, header }] of Object.entries(cases))
  testAuthMethod(`jwt for ${preset}`, async () => {
    const { sign, call, ...method } = await setUp(preset);
    const [mine, others, elsewhere, unsubject] = await Promise.all([
      sign(),
      sign({ email: 'other@example.org', preferred_username: 'other@example.org' }),
      sign({ aud: 'another' }),
      sign({ sub: '' }),
    ]);
    const nobody = await sign({ email: '', preferred_username: '' });
    return {
      ...method,
      method: 'jwt',
      known: { name, call: () => call(mine) },
      other: () => call(others),
      secret: mine,
      strangers: {
        'somebody who is not signed in': () => call(null),
        'somebody of another service': () => call(elsewhere),
        'a token about no subject': () => call(unsubject),
        'a token about nobody': () => call(nobody),
        'somebody with the token of another method': () => ({
          request: new Request('http://server/', { headers: { 'cf-access-jwt-assertion': mine } }),
          peer: '127.0.0.1',
        }),
      },
      handsOver: header === 'authorization' ? { header, token: mine } : null,
    };
  });

test('[SRV-111] a signed token tells people apart by issuer and subject, whatever address they have', async () => {
  const { authenticate, sign, call } = await setUp('oidc', { DATAANS_ALLOW_DOMAINS: 'example.org' });
  const { subject } = await authenticate(call(await sign({ sub: '1', email: 'a@example.org' })));
  assert.deepEqual(subject, { kind: 'person', issuer: tenant, id: '1' });
  const heir = await authenticate(call(await sign({ sub: '2', email: 'a@example.org' })));
  assert.equal(heir.subject.id, '2');
});

test('[AUTH-7] an e-mail address that is said not to be verified is nobody’s', async () => {
  const { authenticate, sign, call } = await setUp('oidc');
  for (const verified of [false, 'false', 0, null])
    await assert.rejects(authenticate(call(await sign({ email_verified: verified }))), {
      reason: 'no-identity',
    });
  await authenticate(call(await sign({ email_verified: undefined })));
});

test('[AUTH-6] what the operator sets stands before what a preset knows', async () => {
  const { authenticate, sign, issuer, context } = await setUp('pomerium', {
    DATAANS_JWT_ISSUER: 'https://notes.example.org/',
    DATAANS_JWT_AUDIENCE: 'other.example.org, notes.example.org',
    DATAANS_JWT_KEYS_URL: 'http://127.0.0.1:1/keys',
    DATAANS_JWT_HEADER: 'X-Who',
    DATAANS_JWT_ALGORITHMS: 'ES256',
    DATAANS_JWT_NAME_CLAIM: 'user',
    DATAANS_ALLOW_USERS: 'you',
  });
  issuer.publishKeys('http://127.0.0.1:1/keys');
  const token = await sign({ iss: 'https://notes.example.org/', user: 'you' });
  const request = new Request('http://server/', { headers: { 'x-who': token } });
  assert.equal((await authenticate({ request, peer: inProcessPeer })).name, 'you');
  assert.ok(context.clock.now() > 0);
});

const incomplete: readonly (readonly [texts: AuthOptionTexts, sentence: RegExp])[] = [
  [{}, /^Refusing to start: DATAANS_AUTH=jwt also needs DATAANS_JWT_AUDIENCE/],
  [
    { DATAANS_JWT_AUDIENCE: 'client-id' },
    /^Refusing to start: DATAANS_AUTH=jwt also needs DATAANS_JWT_ISSUER\./,
  ],
  [
    { DATAANS_JWT_PRESET: 'google-iap' },
    /^Refusing to start: DATAANS_AUTH=jwt also needs DATAANS_JWT_AUDIENCE/,
  ],
  [{ ...openId.texts, DATAANS_JWT_ISSUER: 'issuer' }, /Set DATAANS_JWT_KEYS_URL as well/],
  [{ ...openId.texts, DATAANS_JWT_ISSUER: 'http://login.example.com' }, /Set DATAANS_JWT_KEYS_URL as well/],
  [
    { DATAANS_JWT_ISSUER: tenant, DATAANS_JWT_AUDIENCE: 'client-id' },
    /says who somebody is, but not whether they are allowed here\. Set DATAANS_ALLOW_USERS/,
  ],
];

for (const [texts, sentence] of incomplete)
  test(`[AUTH-5] jwt with ${JSON.stringify(texts)} does not start`, () => {
    assert.throws(() => jwtMethod.configure(texts, { host: '127.0.0.1', publicHost: 'notes.example.org' }), {
      name: 'OperatorError',
      exitCode: 2,
      message: sentence,
    });
  });

async function setUp(preset: string, texts: AuthOptionTexts = {}) {
  // The names are those of the table.
  const { alg, keysUrl, header, claims, ...known } = cases[preset as JwtPresetName];
  const issuer = await createTestIssuer(alg);
  issuer.publishKeys(keysUrl);
  issuer.publish(`${tenant}/.well-known/openid-configuration`, () =>
    Response.json({ issuer: tenant, jwks_uri: keysUrl }),
  );
  const context = createTestAuthContext({ fetch: issuer.fetch });
  const seconds = Math.floor(context.clock.now() / 1_000);
  const configured = { DATAANS_JWT_PRESET: preset, ...known.texts, ...texts };
  return {
    ...jwtMethod.configure(configured, { host: '127.0.0.1', publicHost: 'notes.example.org' })(context),
    issuer,
    context,
    sign: (changes: object = {}) =>
      issuer.sign({ sub: 'subject', exp: seconds + 300, iat: seconds, ...claims, ...changes }),
    call: (token: string | null) => ({ request: requestWith(header, token), peer: '127.0.0.1' }),
  };
}

function requestWith(header: string, token: string | null): Request {
  if (token === null) return new Request('http://server/v1/log');
  return new Request('http://server/v1/log', {
    headers: { [header]: header === 'authorization' ? `Bearer ${token}` : token },
  });
}
