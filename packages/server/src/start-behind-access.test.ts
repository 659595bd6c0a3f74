import assert from 'node:assert/strict';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { paths, sessionMessage } from '@dataans/core';
import * as v from 'valibot';
import { startServer } from './start-server.ts';
import { afterTest } from './testing/after-test.ts';
import { createTestIssuer } from './testing/issuer.ts';
import { runCommand } from './testing/server-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const audience = 'a'.repeat(64);
const issuer = await createTestIssuer();
const keys = JSON.stringify({ keys: [issuer.key().jwk] });

test('[AUTH-7] [AUTH-8] who is signed in at Access comes in, also after a restart while Access cannot be reached', async (t) => {
  const dataFolder = await temporaryFolder(t);
  const team = await startTeam(t, (_, response) => response.end(keys));
  const headers = { 'cf-access-jwt-assertion': await signIn(team.address) };
  const first = await start(t, dataFolder, team.address);
  const session = await fetch(first.address + paths.session, { headers });
  assert.equal(v.parse(sessionMessage, await session.json()).name, 'you@example.org');
  assert.equal((await fetch(first.address + paths.session)).status, 401);
  assert.deepEqual(team.asked, ['/cdn-cgi/access/certs']);
  assert.equal((await stat(join(dataFolder, 'signing-keys.json'))).mode & 0o777, 0o600);

  await first.close();
  await team.close();
  const second = await start(t, dataFolder, team.address);
  assert.equal((await fetch(second.address + paths.session, { headers })).status, 200);
});

for (const [what, answer] of [
  ['redirects', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['fails with keys in its answer', (_, response) => response.writeHead(500).end(keys)],
  ['hangs up', (_, response) => response.destroy()],
] as const satisfies readonly (readonly [string, RequestListener])[])
  test(`[AUTH-8] a team that ${what} instead of giving its keys makes callers wait, not sign in`, async (t) => {
    const team = await startTeam(t, (request, response) =>
      request.url === '/elsewhere' ? response.end(keys) : answer(request, response),
    );
    const { address } = await start(t, await temporaryFolder(t), team.address);
    const headers = { 'cf-access-jwt-assertion': await signIn(team.address) };
    const response = await fetch(address + paths.session, { headers });
    assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '5']);
    assert.ok(!team.asked.includes('/elsewhere'));
  });

test('[AUTH-5] a server behind Access does not start without an AUD tag, or with options of another way in', async (t) => {
  const folder = { DATAANS_DATA: await temporaryFolder(t), DATAANS_ACCESS_TEAM: 'myteam' };
  for (const [environment, sentence] of [
    [
      { DATAANS_AUTH: 'cloudflare-access' },
      /^Refusing to start: .* needs DATAANS_ACCESS_AUD\. Set it to the application's AUD tag/,
    ],
    [
      {},
      /^Refusing to start: DATAANS_ACCESS_TEAM has no effect with DATAANS_AUTH=loopback\. .*cloudflare-access\.$/m,
    ],
  ] as const) {
    const { exitCode, stdout, stderr } = await runCommand(['start'], { ...folder, ...environment });
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, sentence);
  }
});

test('[SRV-30] config prints the options of all ways in', async () => {
  const { stdout } = await runCommand(['config', '--json'], { DATAANS_ACCESS_TEAM: 'myteam' });
  const config = v.parse(v.record(v.string(), v.unknown()), JSON.parse(stdout));
  assert.deepEqual(config['DATAANS_ACCESS_TEAM'], { value: 'myteam', source: 'environment' });
  assert.deepEqual(config['DATAANS_TRUSTED_PEERS'], { value: null, source: 'default' });
});

async function start(t: TestContext, dataFolder: string, team: string) {
  const authOptions = { DATAANS_ACCESS_TEAM: team, DATAANS_ACCESS_AUD: audience };
  const server = await startServer({ dataFolder, auth: 'cloudflare-access', authOptions });
  let open = true;
  const close = async () => {
    if (open) await server.close();
    open = false;
  };
  afterTest(t, close);
  return { address: server.address, close };
}

async function startTeam(t: TestContext, answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('connection', 'close');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  afterTest(t, close);
  // It listens on a port, so it has an address with one.
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, asked, close };
}

function signIn(team: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const times = { iat: now, nbf: now, exp: now + 3_600 };
  return issuer.sign({
    iss: team,
    aud: [audience],
    type: 'app',
    sub: 'subject',
    email: 'you@example.org',
    ...times,
  });
}
