import assert from 'node:assert/strict';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as requestByTls } from 'node:https';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { startEdge, type Edge, type EdgeOptions } from './edge.ts';
import { readJwt } from './jwt.ts';
import { makeServiceToken } from './service-token.ts';

const you = 'you@example.org';
const script = { 'x-requested-with': 'XMLHttpRequest' };

/** An application that answers with the headers and the body that reached it. */
async function startEcho(t: TestContext): Promise<string> {
  return startOrigin(t, async (incoming, outgoing) => {
    const body = await text(incoming);
    outgoing.end(JSON.stringify({ method: incoming.method, headers: incoming.headersDistinct, body }));
  });
}

async function startOrigin(
  t: TestContext,
  answer: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}`;
}

async function openEdge(t: TestContext, options: EdgeOptions = {}): Promise<Edge> {
  const edge = await startEdge({ origin: await startEcho(t), ...options });
  t.after(edge.close);
  return edge;
}

interface Echo {
  readonly method: string;
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: string;
}

function ask(edge: Edge, path = '/', init: RequestInit = {}): Promise<Response> {
  return fetch(edge.application.address + path, { redirect: 'manual', ...init });
}

async function echo(answer: Response): Promise<Echo> {
  assert.equal(answer.status, 200);
  return (await answer.json()) as Echo; // As `startEcho` answers.
}

function assertionOf({ headers }: Echo): string {
  const [assertion = '', ...more] = headers['cf-access-jwt-assertion'] ?? [];
  assert.deepEqual(more, []);
  return assertion;
}

function cookieOf(answer: Response): string {
  const [cookie = ''] = answer.headers.getSetCookie();
  assert.match(cookie, /^CF_Authorization=[^;]+; Path=\/; .*Secure; SameSite=None/);
  return cookie.split(';')[0] ?? '';
}

/** Logs in as a browser does, from the redirect on; gives the cookie of the application. */
async function logIn(edge: Edge, email: string, path = '/'): Promise<string> {
  const login = (await ask(edge, path)).headers.get('location') ?? '';
  const body = new URLSearchParams({ email });
  const admitted = await fetch(login, { method: 'POST', body, redirect: 'manual' });
  const back = admitted.headers.get('location') ?? '';
  assert.ok(back.startsWith(edge.application.address), `${admitted.status} ${back}`);
  const landed = await fetch(back, { redirect: 'manual' });
  assert.equal(landed.headers.get('location'), path);
  return cookieOf(landed);
}

test('a page without a login leads to the login page of the team, a script and a preflight are refused', async (t) => {
  const edge = await openEdge(t);
  const { team, hostname, audience } = edge.application;
  const answer = await ask(edge, '/some?page=1');
  assert.equal(answer.status, 302);
  const login = new URL(answer.headers.get('location') ?? '');
  assert.equal(login.origin + login.pathname, `${team}/cdn-cgi/access/login/${hostname}`);
  assert.equal(login.searchParams.get('kid'), audience);
  assert.equal(login.searchParams.get('redirect_url'), '/some?page=1');
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Cloudflare-Access resource_metadata=/);
  const refused = await ask(edge, '/', { headers: script });
  assert.equal(refused.status, 401);
  assert.match(refused.headers.get('content-type') ?? '', /^text\/html/);
  const preflight = { method: 'OPTIONS', headers: { 'access-control-request-method': 'PUT' } };
  assert.equal((await ask(edge, '/', preflight)).status, 403);
});

test('whoever logs in comes back to the page they asked for, with a token of this application', async (t) => {
  const edge = await openEdge(t);
  const cookie = await logIn(edge, you, '/some?page=1');
  const seen = await echo(await ask(edge, '/some?page=1', { headers: { cookie } }));
  const assertion = assertionOf(seen);
  assert.equal(`CF_Authorization=${assertion}`, cookie);
  assert.deepEqual(seen.headers['cf-access-authenticated-user-email'], [you]);
  const claims = readJwt(assertion, edge.keys.find);
  assert.deepEqual(claims?.['aud'], [edge.application.audience]);
  assert.equal(claims['iss'], edge.application.team);
  assert.equal(claims['type'], 'app');
  assert.equal(claims['email'], you);
  const fromProgram = await ask(edge, '/', { headers: { 'cf-access-token': assertion } });
  assert.equal(assertionOf(await echo(fromProgram)), assertion);
});

test('people whom the policy does not name, or nobody knows, do not come back', async (t) => {
  const edge = await openEdge(t);
  const login = (await ask(edge)).headers.get('location') ?? '';
  for (const [email, why] of [
    ['guest@example.org', 'logged in as guest'],
    ['nobody@example.org', 'knows nobody'],
    ['', 'knows nobody'],
  ] as const) {
    const body = new URLSearchParams({ email });
    const answer = await fetch(login, { method: 'POST', body, redirect: 'manual' });
    assert.equal(answer.status, 403, email);
    assert.ok((await answer.text()).includes(why));
  }
  assert.equal((await fetch(login.replace(/kid=./, 'kid=x'))).status, 404);
});

test('a code that brings a login to the application is worth nothing a second time', async (t) => {
  const edge = await openEdge(t);
  const login = (await ask(edge)).headers.get('location') ?? '';
  const body = new URLSearchParams({ email: you });
  const back = (await fetch(login, { method: 'POST', body, redirect: 'manual' })).headers.get('location');
  assert.equal((await fetch(back ?? '', { redirect: 'manual' })).status, 302);
  assert.equal((await fetch(back ?? '', { redirect: 'manual' })).status, 400);
});

test('a login at the team is enough for the next time, and leads to no other host', async (t) => {
  const edge = await openEdge(t);
  const login = new URL((await ask(edge)).headers.get('location') ?? '');
  login.searchParams.set('redirect_url', '//elsewhere.example/');
  const body = new URLSearchParams({ email: you });
  const first = await fetch(login, { method: 'POST', body, redirect: 'manual' });
  const second = await fetch(login, { headers: { cookie: cookieOf(first) }, redirect: 'manual' });
  const landed = await fetch(second.headers.get('location') ?? '', { redirect: 'manual' });
  assert.equal(landed.headers.get('location'), '/');
});

test('what only the edge may say is replaced where a caller says it', async (t) => {
  const edge = await openEdge(t);
  const token = edge.sessions.startUser(you);
  const headers = {
    'cf-access-token': token,
    'cf-access-jwt-assertion': 'mine',
    'cf-access-authenticated-user-email': 'mine',
    'cf-connecting-ip': '192.0.2.1',
    'x-forwarded-proto': 'mine',
    'x-kept': 'mine',
  };
  const seen = await echo(await ask(edge, '/', { headers }));
  assert.equal(assertionOf(seen), token);
  assert.deepEqual(seen.headers['cf-access-authenticated-user-email'], [you]);
  assert.deepEqual(seen.headers['cf-connecting-ip'], ['127.0.0.1']);
  assert.deepEqual(seen.headers['x-forwarded-proto'], ['http']);
  assert.deepEqual(seen.headers['x-kept'], ['mine']);
  assert.deepEqual(seen.headers['host'], [edge.application.hostname]);
});

for (const bypassKeepsAssertion of [false, true])
  test(`a path with a Bypass policy asks nobody, and ${bypassKeepsAssertion ? 'keeps' : 'drops'} what a caller claims`, async (t) => {
    const edge = await openEdge(t, { bypassPaths: ['/health'], bypassKeepsAssertion });
    const headers = { 'cf-access-jwt-assertion': 'mine' };
    const seen = await echo(await ask(edge, '/health', { headers }));
    assert.equal(assertionOf(seen), bypassKeepsAssertion ? 'mine' : '');
    assert.equal((await ask(edge, '/', { headers })).status, 302);
  });

test('a service token comes in with nobody’s name and without a cookie, a wrong one does not', async (t) => {
  const [token, other] = [makeServiceToken(true), makeServiceToken(false)];
  const edge = await openEdge(t, { serviceTokens: [token, other] });
  const headers = { 'cf-access-client-id': token.clientId, 'cf-access-client-secret': token.clientSecret };
  const answer = await ask(edge, '/', { headers });
  assert.deepEqual(answer.headers.getSetCookie(), []);
  const claims = readJwt(assertionOf(await echo(answer)), edge.keys.find);
  assert.deepEqual([claims?.['common_name'], claims?.['sub'], claims?.['type']], [token.clientId, '', 'app']);
  assert.ok(claims && !('email' in claims) && !('nbf' in claims));
  const refused = [
    [401, { ...headers, 'cf-access-client-secret': 'cfast_wrong' }],
    [401, { 'cf-access-client-id': token.clientId }],
    [403, { 'cf-access-client-id': other.clientId, 'cf-access-client-secret': other.clientSecret }],
  ] as const;
  for (const [status, wrong] of refused)
    assert.equal((await ask(edge, '/', { headers: wrong })).status, status);
});

for (const [isStrict, status] of [
  [true, 401],
  [false, 200],
] as const)
  test(`a right service token that is sent twice is ${status} where checks are ${isStrict ? 'strict' : 'lenient'}`, async (t) => {
    const token = makeServiceToken(true);
    const edge = await openEdge(t, { serviceTokens: [token], isStrict });
    const { port } = new URL(edge.application.address);
    const headers = {
      'cf-access-client-id': [token.clientId, token.clientId],
      'cf-access-client-secret': token.clientSecret,
    };
    const [answer] = (await once(request({ port, host: '127.0.0.1', headers }).end(), 'response')) as [
      IncomingMessage, // Its only argument.
    ];
    answer.resume();
    assert.equal(answer.statusCode, status);
  });

test('where service tokens are not strictly checked, a right one gets a cookie and a wrong one the login page', async (t) => {
  const token = makeServiceToken(true);
  const edge = await openEdge(t, { serviceTokens: [token], isStrict: false });
  const headers = { 'cf-access-client-id': token.clientId, 'cf-access-client-secret': token.clientSecret };
  const cookie = cookieOf(await ask(edge, '/', { headers }));
  const claims = readJwt(
    assertionOf(await echo(await ask(edge, '/', { headers: { cookie } }))),
    edge.keys.find,
  );
  assert.equal(claims?.['common_name'], token.clientId);
  const wrong = { ...headers, 'cf-access-client-secret': 'cfast_wrong' };
  assert.equal((await ask(edge, '/', { headers: wrong })).status, 302);
});

test('an application with Service Auth policies only never leads to a login page', async (t) => {
  const edge = await openEdge(t, { isServiceAuthOnly: true });
  assert.equal((await ask(edge)).status, 401);
});

test('sessions end with their time, with a logout, and with the edge', async (t) => {
  let now = Date.now();
  const edge = await openEdge(t, { now: () => now, sessionMs: 60_000 });
  const enter = async (token: string) => (await ask(edge, '/', { headers: { cookie: token } })).status;
  const expiring = await logIn(edge, you);
  assert.equal(await enter(expiring), 200);
  now += 60_001;
  assert.equal(await enter(expiring), 302);
  const leaving = await logIn(edge, you);
  const logout = await ask(edge, '/cdn-cgi/access/logout', { headers: { cookie: leaving } });
  assert.match(logout.headers.getSetCookie()[0] ?? '', /^CF_Authorization=; .*Max-Age=0/);
  assert.equal(await enter(leaving), 302);
  const ended = await logIn(edge, you);
  edge.sessions.end();
  assert.equal(await enter(ended), 302);
});

test('tokens that are nobody’s login carry the signature and the audience of one, and let nobody in', async (t) => {
  const edge = await openEdge(t);
  const meta = new URL((await ask(edge)).headers.get('location') ?? '').searchParams.get('meta') ?? '';
  const asking = { method: 'HEAD', headers: { 'cf-access-metadata-request': 'true' } };
  const metadata = (await ask(edge, '/', asking)).headers.get('cf-access-metadata') ?? '';
  const types = [meta, metadata].map((token) => readJwt(token, edge.keys.find));
  assert.deepEqual(
    types.map((claims) => [claims?.['type'], claims?.['aud']]),
    [
      ['meta', edge.application.audience],
      ['match', edge.application.audience],
    ],
  );
  for (const token of [meta, metadata, edge.sessions.startTeam(you)])
    assert.equal((await ask(edge, '/', { headers: { 'cf-access-token': token } })).status, 302);
});

interface Certs {
  readonly keys: readonly { readonly kid: string; readonly kty: string; readonly alg: string }[];
  readonly public_certs: readonly { readonly kid: string; readonly cert: string }[];
}

async function readCerts(edge: Edge): Promise<Certs> {
  const answer = await fetch(`${edge.application.team}/cdn-cgi/access/certs`);
  return (await answer.json()) as Certs; // As the facts have it; the tests look at it.
}

test('the keys are the current and the previous one, and a token lives through one rotation of them', async (t) => {
  const edge = await openEdge(t);
  const cookie = await logIn(edge, you);
  const before = await readCerts(edge);
  assert.equal(before.keys.length, 2);
  for (const [index, jwk] of before.keys.entries()) {
    assert.deepEqual([jwk.kty, jwk.alg], ['RSA', 'RS256']);
    const { kid, cert = '' } = before.public_certs[index] ?? {};
    assert.equal(kid, jwk.kid);
    const certified = new X509Certificate(cert).publicKey;
    assert.ok(certified.equals(createPublicKey({ key: { ...jwk }, format: 'jwk' })));
  }
  await edge.keys.rotate();
  const after = await readCerts(edge);
  assert.equal(after.keys[1]?.kid, before.keys[0]?.kid);
  assert.ok(!before.keys.some(({ kid }) => kid === after.keys[0]?.kid));
  assert.equal((await ask(edge, '/', { headers: { cookie } })).status, 200);
  await edge.keys.rotate();
  assert.equal((await ask(edge, '/', { headers: { cookie } })).status, 302);
});

test('the endpoint of the keys can fail, stay silent, cut off and answer with a page', async (t) => {
  const edge = await openEdge(t);
  const read = () => fetch(`${edge.application.team}/cdn-cgi/access/certs`);
  edge.certs.become('failing');
  assert.equal((await read()).status, 503);
  edge.certs.become('cut');
  await assert.rejects(read());
  edge.certs.become('page');
  assert.match((await read()).headers.get('content-type') ?? '', /html/);
  edge.certs.become('silent');
  const leaving = new AbortController();
  const waiting = fetch(`${edge.application.team}/cdn-cgi/access/certs`, { signal: leaving.signal });
  waiting.catch(() => undefined);
  while (edge.certs.count() < 4) await setImmediate();
  edge.certs.become('well');
  assert.equal((await read()).status, 200);
  leaving.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  assert.equal(edge.certs.count(), 5);
});

test('bodies go both ways as they are, of any length and without one', async (t) => {
  const edge = await openEdge(t);
  const headers = { 'cf-access-token': edge.sessions.startUser(you) };
  const body = 'їжа '.repeat(500_000);
  for (const method of ['PUT', 'POST'])
    assert.equal((await echo(await ask(edge, '/x', { method, headers, body }))).body, body);
  const { port } = new URL(edge.application.address);
  const streamed = request({ port, host: '127.0.0.1', method: 'POST', headers });
  streamed.write('one ');
  streamed.end('two');
  const [answer] = (await once(streamed, 'response')) as [IncomingMessage]; // Its only argument.
  assert.equal((JSON.parse(await text(answer)) as Echo).body, 'one two');
});

test('a stream of events passes event by event, and ends at the origin when its reader leaves', async (t) => {
  const streams: ServerResponse[] = [];
  const origin = await startOrigin(t, (_, outgoing) => {
    streams.push(outgoing);
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
    outgoing.flushHeaders();
  });
  const edge = await openEdge(t, { origin });
  const leaving = new AbortController();
  const headers = { 'cf-access-token': edge.sessions.startUser(you) };
  const { body } = await ask(edge, '/', { headers, signal: leaving.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const [stream] = streams;
  assert.ok(stream);
  stream.write('data: 1\n\n');
  assert.equal((await reader?.read())?.value, 'data: 1\n\n');
  stream.write('data: 2\n\n');
  assert.equal((await reader?.read())?.value, 'data: 2\n\n');
  const closed = once(stream, 'close');
  leaving.abort();
  await closed;
});

test('whoever leaves before an answer takes their question back from the origin', async (t) => {
  const asked = Promise.withResolvers<IncomingMessage>();
  const origin = await startOrigin(t, asked.resolve);
  const edge = await openEdge(t, { origin });
  const leaving = new AbortController();
  const headers = { 'cf-access-token': edge.sessions.startUser(you) };
  const waiting = assert.rejects(ask(edge, '/', { headers, signal: leaving.signal }), { name: 'AbortError' });
  const closed = once((await asked.promise).socket, 'close');
  leaving.abort();
  await Promise.all([waiting, closed]);
});

test('an origin that is not there, and hostile addresses, are answered', async (t) => {
  const edge = await openEdge(t, { origin: 'http://127.0.0.1:9' });
  const headers = { 'cf-access-token': edge.sessions.startUser(you) };
  const answer = await ask(edge, '/', { method: 'POST', headers, body: 'x'.repeat(1_000_000) });
  assert.equal(answer.status, 502);
  const { port } = new URL(edge.application.address);
  for (const path of ['*', 'http://elsewhere.example/', '//elsewhere.example/', '/%', '/\\']) {
    const asked = request({ port, host: '127.0.0.1', path, method: 'GET' }).end();
    const [given] = (await once(asked, 'response')) as [IncomingMessage]; // Its only argument.
    given.resume();
    assert.ok([302, 400].includes(given.statusCode ?? 0), `${path}: ${given.statusCode}`);
    assert.doesNotMatch(given.headers.location ?? edge.application.team, /^https?:\/\/elsewhere/);
  }
});

test('with TLS, whoever trusts its certificate reaches both of its origins', async (t) => {
  const edge = await openEdge(t, { isTls: true });
  const ca = edge.certificate ?? '';
  const certificate = new X509Certificate(ca);
  assert.ok(certificate.verify(certificate.publicKey));
  for (const origin of [edge.application.address, edge.application.team]) {
    assert.match(origin, /^https:/);
    const asked = requestByTls(origin, { ca }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]; // Its only argument.
    answer.resume();
    assert.equal(answer.headers['server'], 'cloudflare');
    await assert.rejects(fetch(origin));
  }
  const headers = { 'cf-access-token': edge.sessions.startUser(you) };
  const asked = requestByTls(edge.application.address, { ca, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]; // Its only argument.
  const seen = JSON.parse(await text(answer)) as Echo;
  assert.deepEqual(seen.headers['x-forwarded-proto'], ['https']);
});
