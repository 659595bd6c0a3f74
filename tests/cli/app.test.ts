import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { serverHeader } from '@dataans/core';
import { buildApp } from '../app/built-app.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let server: string;

before(async () => {
  buildApp();
  world = await createWorld();
  server = await world.startServer('server');
  await world.signIn(server, 'laptop');
});

after(() => world.close());

async function startApp(...args: readonly string[]) {
  const child = world.start('laptop', ['app', '--port', '0', ...args]);
  assert.ok(child.stdout);
  const [address] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const end = async (): Promise<number | null> => {
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { address, end };
}

test('[CLI-14] the app comes from this machine, and its notes from the server of this device', async () => {
  const { address, end } = await startApp();
  const page = await fetch(address);
  assert.match(await page.text(), /<title>Dataans<\/title>/);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal((await fetch(new URL('/', address))).url, address);
  const log = await fetch(new URL('/v1/log', address));
  assert.deepEqual([log.status, log.headers.get(serverHeader)], [200, '1']);
  assert.deepEqual(await log.json(), await (await fetch(`${server}/v1/log`)).json());
  for (const path of ['/health', '/hand-over', '/metrics', '/app/none.js'])
    assert.equal((await fetch(new URL(path, address))).status, 404, path);
  assert.equal(await end(), 0);
});

test('[CLI-14] no page of elsewhere reaches the server through it', async () => {
  const { address, end } = await startApp(server);
  const { port } = new URL(address);
  const ask = async (headers: Readonly<Record<string, string>>): Promise<number | undefined> => {
    const asked = request({ host: '127.0.0.1', port, path: '/v1/log', headers }).end();
    const [answer] = (await once(asked, 'response')) as [{ readonly statusCode?: number; resume(): void }];
    answer.resume();
    return answer.statusCode;
  };
  assert.equal(await ask({ host: `127.0.0.1:${port}` }), 200);
  assert.equal(await ask({ host: `rebound.example.org:${port}` }), 403);
  assert.equal(await ask({ host: `127.0.0.1:${port}`, origin: 'https://evil.example.org' }), 403);
  assert.equal(await ask({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' }), 403);
  await end();
});

test('[CLI-15] it prints the hash of the app, and needs no device for it', async () => {
  const printed = await world.succeed('nobody', ['app', '--hash']);
  assert.match(printed, /^[0-9a-f]{64}\n$/);
});

test('[CLI-14] without a server to speak to, and on a port that is taken, it says what to do', async () => {
  const nobody = await world.dataans('nobody', ['app']);
  assert.equal(nobody.exitCode, 2);
  assert.match(nobody.stderr, /Name the server/);
  const taken = await world.dataans('laptop', ['app', '--port', new URL(server).port]);
  assert.equal(taken.exitCode, 1);
  assert.match(taken.stderr, /another port with --port/);
});
