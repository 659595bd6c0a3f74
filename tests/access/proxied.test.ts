import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEdge } from '../access-edge/edge.ts';
import { forward } from '../access-edge/forward.ts';
import { openListener } from '../access-edge/listener.ts';
import { createDevice, joinAccount, makeAccount, type Device } from '../world/device.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { you } from './behind-edge.ts';

interface Proxied {
  readonly address: string;
  readonly server: ServerProcess;
}

/** A server behind a proxy that adds these headers to every request, and takes nothing away. */
async function startProxied(
  world: World,
  added: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<Proxied> {
  const proxy = await openListener(0, null);
  world.defer(() => proxy.close());
  const address = `http://127.0.0.1:${proxy.port}`;
  const server = await startServer(world, { env: { DATAANS_PUBLIC_URL: address, ...env } });
  proxy.answerWith((request, response) => {
    forward(request, response, { origin: server.address, isTls: false, added, kept: null, cookie: null });
  });
  return { address, server };
}

async function assertSyncs(laptop: Device, phone: Device, address: string): Promise<void> {
  const passphrase = await makeAccount(laptop, address);
  await laptop.done(['space', 'add', 'Inbox']);
  await laptop.done(['note', 'add', 'passed on', '--space', 'Inbox']);
  await laptop.done(['sync']);
  await joinAccount(phone, address, passphrase);
  await phone.done(['sync']);
  assert.match((await phone.done(['note', 'list'])).stdout, /passed on/);
}

test('[SRV-24] devices with tokens sync through a proxy, until theirs is revoked', async (t) => {
  const world = await createWorld(t);
  const { address, server } = await startProxied(world, {}, { DATAANS_AUTH: 'token' });
  const [laptop, phone] = await Promise.all(
    ['laptop', 'phone'].map(async (name) => {
      const { stdout } = await server.operate('token', 'add', name);
      const [token = ''] = /dat_\S+/.exec(stdout) ?? [];
      return createDevice(world, name, { env: { DATAANS_TOKEN: token } });
    }),
  );
  assert.ok(laptop && phone);
  await assertSyncs(laptop, phone, address);
  await server.operate('token', 'revoke', 'phone');
  const { exitCode, stderr } = await phone.run(['sync']);
  assert.equal(exitCode, 3, stderr);
  await laptop.done(['sync']);
});

test('[AUTH-10] devices sync without a credential where a trusted proxy names their user', async (t) => {
  const world = await createWorld(t);
  const env = {
    DATAANS_AUTH: 'trusted-header',
    DATAANS_TRUSTED_HEADER: 'tailscale',
    DATAANS_TRUSTED_PEERS: '127.0.0.1',
    DATAANS_ALLOW_USERS: you,
  };
  const { address } = await startProxied(world, { 'Tailscale-User-Login': you }, env);
  await assertSyncs(createDevice(world, 'laptop'), createDevice(world, 'phone'), address);
});

test('[AUTH-7] devices sync with a token of any issuer whose keys the server can get, and with nobody else’s', async (t) => {
  const world = await createWorld(t);
  const issuer = await startEdge();
  world.defer(() => issuer.close());
  const { team, audience } = issuer.application;
  const env = {
    DATAANS_AUTH: 'jwt',
    DATAANS_JWT_ISSUER: team,
    DATAANS_JWT_KEYS_URL: `${team}/cdn-cgi/access/certs`,
    DATAANS_JWT_AUDIENCE: audience,
    DATAANS_ALLOW_USERS: you,
  };
  const { address } = await startProxied(world, {}, env);
  const device = (name: string, email: string) =>
    createDevice(world, name, { env: { DATAANS_TOKEN: issuer.sessions.startUser(email) } });
  await assertSyncs(device('laptop', you), device('phone', you), address);
  const { exitCode, stderr } = await device('stranger', 'guest@example.org').run(['sign-in', address], {
    env: { DATAANS_PASSWORD: 'any' },
  });
  assert.equal(exitCode, 1, stderr);
  assert.match(stderr, /this server doesn't allow your account/);
});
