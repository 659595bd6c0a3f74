import assert from 'node:assert/strict';
import { utf8ToBytes } from '@dataans/core';
import { inProcessPeer } from '../../../packages/server/src/auth/authenticator.ts';
import { configureAuth } from '../../../packages/server/src/auth/methods.ts';
import type { Identity } from '../../../packages/server/src/auth/authenticator.ts';
import { Refusal } from '../../../packages/server/src/problems/refusal.ts';
import { createTestAuthContext } from '../../../packages/server/src/testing/auth-context.ts';
import { createTestIssuer } from '../../../packages/server/src/testing/issuer.ts';
import type { Json } from '../mutate/json.ts';
import { varyBytes, varyJson } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

const team = 'https://myteam.cloudflareaccess.com';
const keysUrl = `${team}/cdn-cgi/access/certs`;
const audience = 'a'.repeat(64);
const texts = { DATAANS_ACCESS_TEAM: 'myteam', DATAANS_ACCESS_AUD: audience };
const place = { host: '127.0.0.1', publicHost: 'notes.example.org' };
const name = 'you@example.org';

/** What says who calls, and what says whether to believe it: somebody comes in, or there is a reason why not. */
export async function createCallerTargets(): Promise<readonly Target[]> {
  const issuer = await createTestIssuer();
  issuer.publishKeys(keysUrl);
  const start = () =>
    configureAuth('cloudflare-access', texts, place)(createTestAuthContext({ fetch: issuer.fetch }));
  const seconds = Math.floor(createTestAuthContext().clock.now() / 1_000);
  const stamps = { exp: seconds + 3_600, iat: seconds, nbf: seconds };
  const token = await issuer.sign({
    aud: [audience],
    email: name,
    iss: team,
    type: 'app',
    sub: 'x',
    ...stamps,
  });
  const keys = JSON.parse(JSON.stringify({ keys: [issuer.key().jwk] })) as Json; // What was JSON is.
  const { authenticate } = start();
  return [
    {
      name: 'signed-token',
      share: 0.2,
      make: (chance) => varyBytes([utf8ToBytes(token)], chance),
      read: async (input) => {
        const text = Buffer.from(input)
          .toString('latin1')
          .replaceAll(/[\0\r\n]/g, ' ');
        await judge(authenticate({ request: requestWith(text), peer: inProcessPeer }));
      },
    },
    {
      name: 'signing-keys',
      share: 0.05,
      make: (chance) => varyJson([keys], chance),
      read: async (input) => {
        issuer.publish(keysUrl, () => new Response(new Uint8Array(input)));
        await judge(start().authenticate({ request: requestWith(token), peer: inProcessPeer }));
      },
    },
  ];
}

function requestWith(token: string): Request {
  return new Request('http://127.0.0.1/v1/log', { headers: { 'cf-access-jwt-assertion': token } });
}

async function judge(answer: Promise<Identity>): Promise<void> {
  try {
    assert.equal((await answer).name, name);
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason === null) throw error;
  }
}
