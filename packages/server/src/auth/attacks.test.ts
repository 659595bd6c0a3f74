import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, test } from 'node:test';
import { parseProblem, paths } from '@dataans/core';
import type { RefusalReason } from '../problems/refusal.ts';
import {
  audience,
  day,
  expired,
  idToken,
  issuer,
  notes,
  now,
  otherAudience,
  revoked,
  servers,
  service,
  serviceUser,
  stranger,
  team,
  token,
  user,
  you,
} from '../testing/attack-targets.ts';
import type { WireRequest } from '../testing/attacked-server.ts';
import { forge, unsigned, withKey, withSecret } from '../testing/forge.ts';
import { tokenToHash } from './token-text.ts';

after(() => Promise.all(Object.values(servers).map((server) => server.close())));

type ServerName = keyof typeof servers;
type Headers = WireRequest['headers'];

interface Attack {
  readonly name: string;
  readonly at: ServerName;
  readonly request: WireRequest;
  /** Why nobody comes in, or the status where it does not come to that question. */
  readonly refused: RefusalReason | number;
}

const header = { alg: 'RS256', kid: 'key-1', typ: 'JWT' };
const team1 = withKey(issuer.key());
const attacker = withKey(stranger);
const pem = createPublicKey({ key: { ...issuer.key().jwk }, format: 'jwk' }).export({
  type: 'spki',
  format: 'pem',
});

const good = forge(header, user, team1);
const goodId = forge(header, idToken, team1);

const assertion = (value: string): Headers => [['Cf-Access-Jwt-Assertion', value]];
const bearer = (value: string): Headers => [['Authorization', `Bearer ${value}`]];
const proxied = (value: string): Headers => [
  ['Host', notes.host],
  ['Remote-Email', value],
];

function at(server: ServerName, name: string, headers: Headers, refused: RefusalReason | number): Attack {
  return { name, at: server, request: { headers }, refused };
}

/** A token of the team that says something else. */
function says(name: string, claims: object, refused: RefusalReason): Attack {
  return at('access', name, assertion(forge(header, { ...user, ...claims }, team1)), refused);
}

/** A token with another header, signed by whom the header names or by the attacker. */
function heads(name: string, change: object, refused: RefusalReason, signer = attacker): Attack {
  return at('access', name, assertion(forge({ ...header, ...change }, user, signer)), refused);
}

function sends(name: string, headers: Headers, refused: RefusalReason | number): Attack {
  return at('access', name, headers, refused);
}

function crossSite(name: string, headers: Headers, path: string, server: ServerName = 'access'): Attack {
  const credential = server === 'access' ? assertion(good) : [];
  const request = { method: 'POST', path, headers: [...credential, ...headers], body: '{"ids":[]}' };
  return { name, at: server, request, refused: 403 };
}

const jwk = { kty: stranger.jwk.kty, n: stranger.jwk.n, e: stranger.jwk.e };
const form: Headers = [['Content-Type', 'application/x-www-form-urlencoded']];
const json: Headers = [['Content-Type', 'application/json']];

const attacks: readonly Attack[] = [
  // How it is signed.
  heads('alg none without a signature', { alg: 'none' }, 'wrong-algorithm', unsigned),
  heads('alg none in odd capitals', { alg: 'nOnE' }, 'wrong-algorithm', unsigned),
  heads('alg none with a signature', { alg: 'none' }, 'wrong-algorithm', team1),
  heads('no alg', { alg: undefined }, 'malformed', team1),
  heads('several algs', { alg: ['RS256', 'none'] }, 'malformed', team1),
  heads('HMAC with the public key', { alg: 'HS256' }, 'wrong-algorithm', withSecret(pem)),
  heads(
    'HMAC with the published key',
    { alg: 'HS256' },
    'wrong-algorithm',
    withSecret(JSON.stringify(issuer.key().jwk)),
  ),
  heads('RS256 that is an HMAC', {}, 'bad-signature', withSecret(pem)),
  heads('RS512 by the right key', { alg: 'RS512' }, 'wrong-algorithm', withKey(issuer.key(), 'sha512')),
  heads('PS256', { alg: 'PS256' }, 'wrong-algorithm'),
  heads('ES256 for an RSA key', { alg: 'ES256' }, 'wrong-algorithm'),
  heads('no signature', {}, 'bad-signature', unsigned),
  sends(
    'the signature of another token',
    assertion(`${forge(header, { ...user, iat: now - 1 }, unsigned)}${good.split('.')[2]}`),
    'bad-signature',
  ),
  sends('half a signature', assertion(good.slice(0, -100)), 'bad-signature'),
  sends(
    'other claims under the signature',
    assertion(good.replace(/\.[\w-]+\./, `.${forge('', { ...user, sub: 'x' }, unsigned).split('.')[1]}.`)),
    'bad-signature',
  ),

  // By whom.
  heads("another team's key under our kid", {}, 'bad-signature'),
  sends(
    "another team's token",
    assertion(
      forge({ ...header, kid: 'theirs' }, { ...user, iss: 'https://evil.cloudflareaccess.com' }, attacker),
    ),
    'unknown-key',
  ),
  says('another team as issuer', { iss: 'https://evil.cloudflareaccess.com' }, 'wrong-issuer'),
  says('our issuer with a slash', { iss: `${team}/` }, 'wrong-issuer'),
  says('our issuer on http', { iss: team.replace('https', 'http') }, 'wrong-issuer'),
  says('a list of issuers', { iss: [team] }, 'wrong-issuer'),
  says('no issuer', { iss: undefined }, 'missing-claim'),
  heads('no kid', { kid: undefined }, 'unknown-key', team1),
  heads('an unknown kid', { kid: 'key-2' }, 'unknown-key'),
  heads('a kid in other case', { kid: 'KEY-1' }, 'unknown-key', team1),
  heads('a kid that is a number', { kid: 1 }, 'unknown-key'),
  heads('a kid that is a list', { kid: ['key-1'] }, 'unknown-key', team1),
  heads('a kid that is a path', { kid: '../../../../dev/null' }, 'unknown-key'),
  heads('a kid that is a URL', { kid: 'https://evil.example/keys' }, 'unknown-key'),
  heads('a kid of every object', { kid: '__proto__' }, 'unknown-key'),
  heads('a kid that is a query', { kid: "x' UNION SELECT 'AA" }, 'unknown-key'),
  sends(
    'two kids, the unknown one last',
    assertion(forge('{"alg":"RS256","kid":"key-1","kid":"evil"}', user, attacker)),
    'unknown-key',
  ),
  sends(
    'two kids, the known one last',
    assertion(forge('{"alg":"RS256","kid":"evil","kid":"key-1"}', user, attacker)),
    'bad-signature',
  ),
  sends(
    'two algs',
    assertion(forge('{"alg":"none","alg":"RS256","kid":"key-1"}', user, unsigned)),
    'bad-signature',
  ),
  heads('a key of its own (jwk)', { jwk }, 'bad-signature'),
  heads('a key of its own without kid', { jwk, kid: undefined }, 'unknown-key'),
  heads('keys of its own (jku)', { jku: 'https://evil.example/keys' }, 'bad-signature'),
  heads(
    'keys of its own (jku) under a kid of its own',
    { jku: 'https://evil.example/keys', kid: 'evil' },
    'unknown-key',
  ),
  heads('a certificate of its own (x5u)', { x5u: 'https://evil.example/cert' }, 'bad-signature'),
  heads('certificates of its own (x5c)', { x5c: ['MIIB'] }, 'bad-signature'),
  heads('a header that must be understood (crit)', { crit: ['exp2'], exp2: 1 }, 'malformed', team1),
  heads('an unencoded payload (b64)', { crit: ['b64'], b64: false }, 'malformed', team1),

  // For whom.
  says("another application's token", { aud: [otherAudience] }, 'wrong-audience'),
  says("another application's token, as a text", { aud: otherAudience }, 'wrong-audience'),
  says('our audience within a text', { aud: `${otherAudience},${audience}` }, 'wrong-audience'),
  says('our audience within a list within the list', { aud: [[audience]] }, 'wrong-audience'),
  says('our audience as a member', { aud: { [audience]: true } }, 'wrong-audience'),
  says('our audience in capitals', { aud: [audience.toUpperCase()] }, 'wrong-audience'),
  says('an empty list of audiences', { aud: [] }, 'wrong-audience'),
  says('an empty audience', { aud: '' }, 'wrong-audience'),
  says('no audience', { aud: undefined }, 'missing-claim'),

  // When.
  says('expired', { exp: now - 31 }, 'expired'),
  says('expired at the end of the tolerance', { exp: now - 30 }, 'expired'),
  says('no exp', { exp: undefined }, 'missing-claim'),
  says('exp as a text', { exp: String(now + 3_600) }, 'malformed'),
  says('exp null', { exp: null }, 'malformed'),
  says('not yet valid', { nbf: now + 31 }, 'not-yet-valid'),
  says('nbf as a text', { nbf: '0' }, 'malformed'),
  says('issued in the future', { iat: now + 31 }, 'issued-in-future'),
  says('no iat', { iat: undefined }, 'missing-claim'),
  says(
    'issued 33 days ago, for a year',
    { iat: now - 33 * day, nbf: now - 33 * day, exp: now + 332 * day },
    'expired',
  ),
  sends(
    'claims with a time without end',
    assertion(forge(header, JSON.stringify(user).replace(`"iat":${now}`, '"iat":-1e999'), team1)),
    'expired',
  ),

  // What it is: Access gives tokens of these kinds to anybody, under the same key and audience.
  says(
    'the meta of a login page',
    { type: 'meta', auth_status: 'NONE', iss: undefined, exp: undefined, sub: undefined, email: undefined },
    'missing-claim',
  ),
  says(
    'the metadata of an application',
    {
      type: 'match',
      auth_domain: new URL(team).host,
      iss: undefined,
      exp: undefined,
      sub: undefined,
      email: undefined,
      nbf: undefined,
    },
    'missing-claim',
  ),
  says('a meta token with all that a sign-in has', { type: 'meta' }, 'wrong-type'),
  says('a session of the whole team', { type: 'org' }, 'wrong-type'),
  says('no type', { type: undefined }, 'wrong-type'),
  says('a type in capitals', { type: 'App' }, 'wrong-type'),
  says('a list of types', { type: ['app'] }, 'wrong-type'),

  // Who it is.
  says('no subject', { sub: undefined }, 'missing-claim'),
  says('an empty subject with an e-mail', { sub: '' }, 'no-identity'),
  says(
    'an empty subject with an e-mail and the name of a service',
    { sub: '', common_name: service },
    'no-identity',
  ),
  says('a subject without an e-mail', { email: undefined }, 'no-identity'),
  says('a subject with the name of a service', { email: undefined, common_name: service }, 'no-identity'),
  says('an empty e-mail', { email: '' }, 'no-identity'),
  says('a list of e-mails', { email: [you] }, 'no-identity'),
  says('a subject that is a number', { sub: 1 }, 'no-identity'),
  says('nobody at all', { sub: '', email: undefined }, 'no-identity'),
  says(
    'a service token that is not on the list',
    { ...serviceUser, common_name: 'beef.access' },
    'not-allowed',
  ),
  says('a service token in capitals', { ...serviceUser, common_name: 'F00D.access' }, 'not-allowed'),
  says('a service token with the name of a user', { ...serviceUser, common_name: you }, 'not-allowed'),
  says('a user with the name of a service token', { email: service }, 'not-allowed'),
  says('somebody else of the team', { email: 'guest@example.org' }, 'not-allowed'),
  says('an e-mail in other case', { email: 'You@example.org' }, 'not-allowed'),
  says('an e-mail in letters that look the same', { email: 'уou@example.org' }, 'not-allowed'),
  says('an e-mail in wide letters', { email: 'ｙou@example.org' }, 'not-allowed'),
  says('an e-mail with another behind it', { email: `${you},guest@example.org` }, 'not-allowed'),
  says('an e-mail that ends early', { email: `${you}\u0000` }, 'not-allowed'),
  sends('claims that are a list', assertion(forge(header, [user], team1)), 'malformed'),
  sends('claims that are no JSON', assertion(forge(header, '{"aud":', team1)), 'malformed'),
  sends('claims that are nothing', assertion(forge(header, '', team1)), 'malformed'),
  sends(
    'two types, the right one first',
    assertion(
      forge(header, JSON.stringify(user).replace('"type":"app"', '"type":"app","type":"meta"'), team1),
    ),
    'wrong-type',
  ),

  // How it comes.
  sends('nothing', [], 'missing'),
  sends('an empty header', assertion(''), 'missing'),
  sends('the header twice', [...assertion(good), ...assertion(good)], 'repeated'),
  sends("the attacker's header behind the edge's", [...assertion(good), ...assertion('x.y.z')], 'repeated'),
  sends("the attacker's header before the edge's", [...assertion('x.y.z'), ...assertion(good)], 'repeated'),
  sends('two tokens with a comma', assertion(`${good},${good}`), 'repeated'),
  sends('two tokens with a space', assertion(`${good} ${good}`), 'malformed'),
  sends('a token in quotation marks', assertion(`"${good}"`), 'malformed'),
  sends('a token as a bearer', assertion(`Bearer ${good}`), 'malformed'),
  sends('a token with padding', assertion(`${good}==`), 'malformed'),
  sends('an encrypted token', assertion(`${good}.x.y`), 'malformed'),
  sends('words', assertion('let me in'), 'malformed'),
  sends(
    'a long token',
    assertion(forge({ ...header, kid: 'k'.repeat(9_000) }, user, attacker)),
    'unknown-key',
  ),
  sends('an overlong token', assertion(forge(header, { ...user, more: 'x'.repeat(20_000) }, team1)), 400),
  sends('the cookie only', [['Cookie', `CF_Authorization=${good}`]], 'missing'),
  sends('the e-mail header only', [['Cf-Access-Authenticated-User-Email', you]], 'missing'),
  sends('the token as a bearer token', bearer(good), 'missing'),
  sends('the header of the command line, past the edge', [['cf-access-token', good]], 'missing'),
  sends(
    'the service token itself, past the edge',
    [
      ['CF-Access-Client-Id', service],
      ['CF-Access-Client-Secret', 'x'],
    ],
    'missing',
  ),
  sends('a header with underscores', [['Cf_Access_Jwt_Assertion', good]], 'missing'),
  {
    name: 'the token in the address',
    at: 'access',
    request: { path: `${paths.log}?cf-access-jwt-assertion=${good}`, headers: [] },
    refused: 'missing',
  },
  sends('a token of the server', bearer(token), 'missing'),

  // Pages of other sites, with the sign-in of who looks at them.
  crossSite(
    'a form of another site',
    [...form, ['Origin', 'https://evil.example'], ['Sec-Fetch-Site', 'cross-site']],
    paths.operations,
  ),
  crossSite('a form of an old browser', [...form, ['Origin', 'https://evil.example']], paths.operations),
  crossSite(
    'a fetch of another site',
    [...json, ['Origin', 'https://evil.example'], ['Sec-Fetch-Site', 'cross-site']],
    paths.operationsMissing,
  ),
  crossSite(
    'a fetch of a neighbour',
    [...json, ['Origin', 'https://blog.example.org'], ['Sec-Fetch-Site', 'same-site']],
    paths.operationsMissing,
  ),
  crossSite('a page without an origin', [...json, ['Origin', 'null']], paths.operationsMissing),
  crossSite(
    'a page of another site to this machine',
    [...json, ['Origin', 'https://evil.example']],
    paths.operationsMissing,
    'loopback',
  ),

  // The other ways in.
  at(
    'jwt',
    'a token of another client',
    bearer(forge(header, { ...idToken, aud: 'other' }, team1)),
    'wrong-audience',
  ),
  at(
    'jwt',
    'HMAC with the client id',
    bearer(forge({ ...header, alg: 'HS256' }, idToken, withSecret('client-id'))),
    'wrong-algorithm',
  ),
  at(
    'jwt',
    'an e-mail that nobody has verified',
    bearer(forge(header, { ...idToken, email_verified: false }, team1)),
    'no-identity',
  ),
  at('jwt', 'a sign-in of Access', bearer(good), 'wrong-issuer'),
  at('jwt', 'a token in the header of Access', assertion(goodId), 'missing'),
  at('jwt', 'a token without its scheme', [['Authorization', goodId]], 'malformed'),
  at('jwt', 'two bearer tokens', [...bearer(goodId), ...bearer(goodId)], 'repeated'),
  at(
    'jwt',
    'a guest',
    bearer(forge(header, { ...idToken, email: 'guest@example.org' }, team1)),
    'not-allowed',
  ),
  at('header', 'nobody that the proxy knows', [['Host', notes.host]], 'missing'),
  at(
    'header',
    'a name before the one of the proxy',
    [...proxied('guest@example.org'), ['Remote-Email', you]],
    'repeated',
  ),
  at('header', 'two names with a comma', proxied(`guest@example.org,${you}`), 'repeated'),
  at('header', 'a name in other case', proxied('YOU@example.org'), 'not-allowed'),
  at(
    'header',
    'a page under a name that leads here',
    [
      ['Host', 'evil.example'],
      ['Remote-Email', you],
    ],
    'wrong-host',
  ),
  at('headerElsewhere', 'the header from beside the proxy', proxied(you), 'wrong-peer'),
  at(
    'headerElsewhere',
    'the address of the proxy in a header',
    [...proxied(you), ['X-Forwarded-For', '172.18.0.2']],
    'wrong-peer',
  ),
  at('token', 'no token', [], 'missing'),
  at('token', 'a revoked token', bearer(revoked), 'revoked'),
  at('token', 'an expired token', bearer(expired), 'expired'),
  at(
    'token',
    'a token but for its last character',
    bearer(`${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`),
    'unknown',
  ),
  at('token', 'a token but for its first character', bearer(token.replace('dat_A', 'dat_B')), 'unknown'),
  at('token', 'the beginning of a token', bearer(token.slice(0, 20)), 'malformed'),
  at(
    'token',
    'the hash of a token',
    bearer(Buffer.from(tokenToHash(token)).toString('base64url')),
    'malformed',
  ),
  at('token', 'two tokens', [...bearer(token), ...bearer(token)], 'missing'),
  at(
    'token',
    'a token as a password',
    [['Authorization', `Basic ${Buffer.from(`x:${token}`).toString('base64')}`]],
    'missing',
  ),
  at('token', 'a token in a cookie', [['Cookie', `token=${token}`]], 'missing'),
  at('token', 'a sign-in of Access', [...assertion(good), ...bearer(good)], 'malformed'),
  at('loopback', 'a page under a name that leads here', [['Host', 'evil.example']], 'wrong-host'),
  at('loopback', 'this machine on another port', [['Host', '127.0.0.1:1']], 'wrong-host'),
  at('loopback', 'a proxy that nobody spoke of', [['X-Forwarded-For', '203.0.113.7']], 'proxied'),
];

const known: readonly Attack[] = [
  at('access', 'a user', assertion(good), 200),
  at('access', 'a service token', assertion(forge(header, serviceUser, team1)), 200),
  at(
    'access',
    'a user with a text as audience',
    assertion(forge(header, { ...user, aud: audience }, team1)),
    200,
  ),
  {
    name: 'a page of our own',
    at: 'access',
    refused: 200,
    request: {
      method: 'POST',
      path: paths.operationsMissing,
      headers: [...assertion(good), ...json, ['Origin', notes.origin], ['Sec-Fetch-Site', 'same-origin']],
      body: '{"ids":[]}',
    },
  },
  at('jwt', 'a user', bearer(goodId), 200),
  at('header', 'a user', proxied(you), 200),
  at('token', 'a token', bearer(token), 200),
  at('loopback', 'this machine', [], 200),
];

for (const { name, at: server, request } of known)
  test(`[AUTH-1] ${server}: ${name} comes in`, async () => {
    const { status, reason } = await servers[server].send(request);
    assert.deepEqual([status, reason], [200, null]);
  });

for (const { name, at: server, request, refused } of attacks)
  test(`[AUTH-1] [AUTH-6] ${server}: ${name} does not come in`, async () => {
    const before = issuer.fetched.length;
    const { status, body, reason } = await servers[server].send(request);
    const forbidden: readonly (RefusalReason | number)[] = [
      'not-allowed',
      'wrong-peer',
      'wrong-host',
      'proxied',
    ];
    if (typeof refused === 'number') assert.deepEqual([status, reason], [refused, null]);
    else assert.deepEqual([status, reason], [forbidden.includes(refused) ? 403 : 401, refused]);
    assert.equal(parseProblem(JSON.parse(body))?.status, status);
    // Keys are where the configuration says, whatever a token says.
    for (const url of issuer.fetched.slice(before)) assert.doesNotMatch(url, /evil/);
  });

test('[AUTH-1] every attack has a name of its own', () => {
  const names = new Set(attacks.map(({ at: server, name }) => `${server}: ${name}`));
  assert.ok(names.size === attacks.length && names.size >= 40);
});
