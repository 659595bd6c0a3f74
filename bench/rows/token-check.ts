import { generateKeyPairSync, sign, verify } from 'node:crypto';
import {
  configureAuth,
  createMemoryKeptKeys,
  createMemoryTokens,
  silentLogger,
  systemClock,
} from '@dataans/server';
import { summarize, timed, type Pair, type Row } from '../measure.ts';

const checks = 2_000;
const msMax = 1;
const team = 'https://team.cloudflareaccess.com';
const audience = '0'.repeat(64);

/** What it costs to know a caller by a token of Cloudflare Access once its keys are there, beside the bare RS256. */
export async function measureTokenCheck(): Promise<readonly Row[]> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = `${encode({ alg: 'RS256', kid: 'key' })}.${encode(claims())}`;
  const signature = sign('sha256', Buffer.from(signed), privateKey);
  const jwk = {
    ...publicKey.export({ format: 'jwk' }),
    kid: 'key',
    alg: 'RS256',
    use: 'sig',
  };

  let fetches = 0;
  const options = { DATAANS_ACCESS_TEAM: team, DATAANS_ACCESS_AUD: audience };
  const { authenticate } = configureAuth('cloudflare-access', options, {
    host: '127.0.0.1',
    publicHost: null,
  })({
    tokens: createMemoryTokens(),
    keptKeys: createMemoryKeptKeys(),
    clock: systemClock,
    fetch: async () => {
      fetches += 1;
      return Response.json({ keys: [jwk] });
    },
    logger: silentLogger,
    port: null,
    inBackground: () => {},
  });
  const headers = { 'cf-access-jwt-assertion': `${signed}.${signature.toString('base64url')}` };
  const call = { request: new Request('http://127.0.0.1/v1/log', { headers }), peer: '127.0.0.1' };
  await authenticate(call);
  fetches = 0;

  const pairs: Pair[] = [];
  for (let check = 0; check < checks; check += 1) {
    const bare = await timed(() => verify('sha256', Buffer.from(signed), publicKey, signature));
    const checked = await timed(() => authenticate(call));
    pairs.push({ figure: checked.ms, limit: bare.ms });
  }
  const summary = summarize(pairs);
  const goal = { text: `< ${msMax} ms, nothing fetched`, reached: summary.figure < msMax && fetches === 0 };
  return [{ name: 'token of Cloudflare Access, checked', ...summary, unit: 'ms', goal }];
}

function claims(): object {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: team,
    aud: [audience],
    type: 'app',
    sub: 'subject',
    email: 'you@example.org',
    iat: now,
    exp: now + 3_600,
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
