import { createTestAuthContext } from './auth-context.ts';
import { startAttackedServer } from './attacked-server.ts';
import { createTestIssuer, makeSigningKey } from './issuer.ts';
import { randomBytesToToken, tokenToHash } from '../auth/token-text.ts';

export const team = 'https://myteam.cloudflareaccess.com';
export const audience = 'a'.repeat(64);
export const otherAudience = 'b'.repeat(64);
export const service = 'f00d.access';
export const you = 'you@example.org';
export const notes = new URL('https://notes.example.org');
const tenant = 'https://login.example.com';

export const issuer = await createTestIssuer();
issuer.publishKeys(`${team}/cdn-cgi/access/certs`);
issuer.publishKeys(`${tenant}/keys`);
export const stranger = await makeSigningKey('RS256', 'key-1');
const context = createTestAuthContext({ fetch: issuer.fetch });
const { clock, tokens } = context;
export const now = Math.floor(clock.now() / 1_000);
export const day = 24 * 60 * 60;

export const token = randomBytesToToken(new Uint8Array(32).fill(1));
export const revoked = randomBytesToToken(new Uint8Array(32).fill(2));
export const expired = randomBytesToToken(new Uint8Array(32).fill(3));
const made = { created: clock.now(), expires: null };
await tokens.add({ ...made, hash: tokenToHash(token), name: 'phone' });
await tokens.add({ ...made, hash: tokenToHash(revoked), name: 'lost' });
await tokens.add({ ...made, hash: tokenToHash(expired), name: 'borrowed', expires: clock.now() });
await tokens.revoke('lost', clock.now());

/** One server for each way in, with `you` among those who may come. */
export const servers = {
  access: await startAttackedServer(
    'cloudflare-access',
    {
      DATAANS_ACCESS_TEAM: 'myteam',
      DATAANS_ACCESS_AUD: audience,
      DATAANS_ALLOW_USERS: you,
      DATAANS_ALLOW_SERVICE_TOKENS: service,
    },
    context,
    notes,
  ),
  jwt: await startAttackedServer(
    'jwt',
    {
      DATAANS_JWT_ISSUER: tenant,
      DATAANS_JWT_AUDIENCE: 'client-id',
      DATAANS_JWT_KEYS_URL: `${tenant}/keys`,
      DATAANS_ALLOW_USERS: you,
    },
    context,
  ),
  header: await startAttackedServer(
    'trusted-header',
    { DATAANS_TRUSTED_HEADER: 'authelia', DATAANS_TRUSTED_PEERS: '127.0.0.1', DATAANS_ALLOW_USERS: you },
    context,
    notes,
  ),
  headerElsewhere: await startAttackedServer(
    'trusted-header',
    { DATAANS_TRUSTED_HEADER: 'authelia', DATAANS_TRUSTED_PEERS: '172.18.0.0/16', DATAANS_ALLOW_USERS: you },
    context,
    notes,
  ),
  token: await startAttackedServer('token', {}, context),
  loopback: await startAttackedServer('loopback', {}, context),
};
/** What Access says of a user. */
export const user = {
  aud: [audience],
  email: you,
  exp: now + 3_600,
  iat: now,
  nbf: now,
  iss: team,
  type: 'app',
  sub: '7335d417-61da-459d-899c-0a01c76a2f94',
};
export const serviceUser = { ...user, sub: '', email: undefined, nbf: undefined, common_name: service };
/** What an identity provider says of the same user. */
export const idToken = {
  iss: tenant,
  aud: 'client-id',
  sub: 'subject',
  email: you,
  iat: now,
  exp: now + 3_600,
};
