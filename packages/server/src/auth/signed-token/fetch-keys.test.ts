import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { afterTest } from '../../testing/after-test.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createTestIssuer } from '../../testing/issuer.ts';
import { fetchKeys, type KeySource } from './fetch-keys.ts';

const issuer = await createTestIssuer();
const url = 'https://issuer.example/keys';
const { jwk } = issuer.key();
const clock = createManualClock();

test('[AUTH-6] of a key set the public keys with an id are taken, and nothing else', async () => {
  const { kid: _, ...withoutId } = jwk;
  issuer.publish(url, () =>
    Response.json({
      keys: [
        jwk,
        withoutId,
        { kty: 'oct', k: 'c2VjcmV0', kid: 'shared' },
        { ...jwk, d: 'AA' },
        null,
        'key',
        7,
      ],
      public_cert: { kid: 'old', cert: 'PEM' },
    }),
  );
  assert.deepEqual(await fetchKeys({ fetch: issuer.fetch, clock }, { kind: 'keys', url }), [jwk]);
});

const noKeys: Readonly<Record<string, () => Response>> = {
  'a failure': () => new Response('no', { status: 500 }),
  'a failure with keys': () => Response.json({ keys: [jwk] }, { status: 500 }),
  'a redirect': () => Response.redirect('https://evil.example/keys'),
  'a page': () => new Response('<!doctype html><title>Just a moment...</title>'),
  'half a key set': () => new Response('{"keys":[{"kid"'),
  'bytes that are no text': () => new Response(new Uint8Array([0xff, 0xfe])),
  nothing: () => new Response(null, { status: 200 }),
  'no keys': () => Response.json({ keys: [] }),
  'too many keys': () => Response.json({ keys: Array.from({ length: 101 }, () => jwk) }),
  'another shape': () => Response.json([jwk]),
  'shared keys only': () => Response.json({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'shared' }] }),
};

for (const [what, answer] of Object.entries(noKeys))
  test(`[AUTH-8] ${what} in the place of a key set is a failure that names the address`, async () => {
    issuer.publish(url, answer);
    await assert.rejects(fetchKeys({ fetch: issuer.fetch, clock }, { kind: 'keys', url }), {
      message: /^https:\/\/issuer\.example\/keys answered .+\.$/,
    });
  });

test('[AUTH-6] nobody is asked for keys to whom an issuer redirects', async (t) => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === '/keys') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.end(JSON.stringify({ keys: [jwk] }));
  });
  afterTest(t, () => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const source: KeySource = { kind: 'keys', url: `http://127.0.0.1:${address.port}/keys` };
  await assert.rejects(fetchKeys({ fetch, clock }, source), /answered 302/);
  assert.deepEqual(asked, ['/keys']);
});

test('[AUTH-8] an answer that does not end is read to a bound', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  issuer.publish(url, () => new Response(endless));
  await assert.rejects(
    fetchKeys({ fetch: issuer.fetch, clock }, { kind: 'keys', url }),
    /more than 262144 bytes/,
  );
  assert.ok(sent < 20);
});

test('[AUTH-8] an issuer that keeps silent is given up after five seconds', async () => {
  const waiting = createManualClock();
  const silent: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error(String(init.signal?.reason))));
    });
  const fetching = fetchKeys({ fetch: silent, clock: waiting }, { kind: 'keys', url });
  await Promise.all([assert.rejects(fetching, /did not answer in 5 seconds/), waiting.advance(5_000)]);
  assert.equal(waiting.pending(), 0);
});

test('[AUTH-6] the OpenID configuration of an issuer says where its keys are, if it is the issuer’s own', async () => {
  const source: KeySource = { kind: 'issuer', url: 'https://issuer.example/tenant/' };
  const configure = (configuration: object) =>
    issuer.publish('https://issuer.example/tenant/.well-known/openid-configuration', () =>
      Response.json(configuration),
    );
  issuer.publishKeys(url);
  configure({ issuer: source.url, jwks_uri: url });
  assert.deepEqual(await fetchKeys({ fetch: issuer.fetch, clock }, source), [jwk]);
  for (const [configuration, sentence] of [
    [{ issuer: 'https://issuer.example/tenant', jwks_uri: url }, /is not the OpenID configuration of/],
    [{ issuer: 'https://evil.example/', jwks_uri: url }, /is not the OpenID configuration of/],
    [{ jwks_uri: url }, /is not the OpenID configuration of/],
    [{ issuer: source.url, jwks_uri: 'http://issuer.example/keys' }, /names keys that are not on https/],
    [{ issuer: source.url, jwks_uri: 'file:///etc/keys' }, /names keys that are not on https/],
  ] as const) {
    configure(configuration);
    await assert.rejects(fetchKeys({ fetch: issuer.fetch, clock }, source), sentence);
  }
});
