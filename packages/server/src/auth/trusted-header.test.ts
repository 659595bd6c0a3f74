import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcessPeer } from './authenticator.ts';
import { createTestAuthContext } from '../testing/auth-context.ts';
import { testAuthMethod } from './authenticator.contract.ts';
import type { AuthOptionTexts } from './define-method.ts';
import { createPeerCheck, peerRangesOption } from './peer-ranges.ts';
import { trustedHeaderMethod } from './trusted-header.ts';

const place = { host: '0.0.0.0', publicHost: 'notes.example.org' };
const needed = {
  DATAANS_TRUSTED_HEADER: 'authelia',
  DATAANS_TRUSTED_PEERS: '127.0.0.1, 172.18.0.0/16',
  DATAANS_ALLOW_USERS: 'you@example.org other@example.org',
};

testAuthMethod('trusted-header', async () => ({
  ...setUp(),
  method: 'trusted-header',
  known: { name: 'you@example.org', call: () => callWith({}) },
  other: () => callWith({ 'remote-email': 'other@example.org' }),
  secret: null,
  strangers: {
    'somebody beside the proxy': () => ({ ...callWith({}), peer: '172.19.0.1' }),
    'somebody without a connection': () => ({ ...callWith({}), peer: inProcessPeer }),
    'a page under another name': () => callWith({ host: 'evil.example:8000' }),
    'nobody that the proxy knows': () => callWith({ 'remote-email': '' }),
    'two users': () => callWith({ 'remote-email': 'other@example.org, you@example.org' }),
    'a user with spaces': () => callWith({ 'remote-email': 'you@example.org x' }),
    'a user in letters of Latin-1': () => callWith({ 'remote-email': 'y\u00f3u@example.org' }),
    'a user without end': () => callWith({ 'remote-email': 'y'.repeat(321) }),
    'a user who is not on the list': () => callWith({ 'remote-email': 'guest@example.org' }),
    'a user in another header': () =>
      callWith({
        'remote-email': '',
        'remote-user': 'you@example.org',
        'x-forwarded-user': 'you@example.org',
      }),
  },
  handsOver: null,
}));

test('[AUTH-10] the header is the one of the proxy that is named, or any other', async () => {
  for (const [written, header] of [
    ['authelia', 'remote-email'],
    ['Authentik', 'x-authentik-email'],
    ['tailscale', 'tailscale-user-login'],
    ['X-Who', 'x-who'],
  ] as const) {
    const { authenticate } = setUp({ DATAANS_TRUSTED_HEADER: written });
    const call = callWith({ 'remote-email': 'guest@example.org', [header]: 'you@example.org' });
    assert.equal((await authenticate(call)).name, 'you@example.org');
  }
});

test('[AUTH-10] a proxy is known by its address or its network, dressed as IPv6 or not', () => {
  const isProxy = createPeerCheck([
    { address: '127.0.0.1', prefix: 32 },
    { address: '172.18.0.0', prefix: 16 },
    { address: 'fd00::', prefix: 8 },
  ]);
  for (const peer of ['127.0.0.1', '::ffff:127.0.0.1', '172.18.255.1', 'fd12::1'])
    assert.equal(isProxy(peer), true, peer);
  for (const peer of [
    '127.0.0.2',
    '172.19.0.1',
    '::1',
    'fe80::1',
    '',
    'localhost',
    '127.0.0.1 ',
    '::ffff:10.0.0.1',
  ])
    assert.equal(isProxy(peer), false, peer);
});

test('[AUTH-5] a peer is an address or a network, and never everybody', () => {
  const { parse } = peerRangesOption('');
  assert.deepEqual(parse('10.0.0.1 fd00::/8'), {
    ok: true,
    value: [
      { address: '10.0.0.1', prefix: 32 },
      { address: 'fd00::', prefix: 8 },
    ],
  });
  for (const text of [
    '',
    'proxy',
    '10.0.0',
    '10.0.0.1/33',
    '10.0.0.1/',
    '10.0.0.1/8/8',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.1/-1',
  ])
    assert.equal(parse(text).ok, false, text);
});

for (const [missing, sentence] of [
  ['DATAANS_TRUSTED_HEADER', /also needs DATAANS_TRUSTED_HEADER\./],
  ['DATAANS_TRUSTED_PEERS', /also needs DATAANS_TRUSTED_PEERS\./],
  ['DATAANS_ALLOW_USERS', /Set DATAANS_ALLOW_USERS/],
] as const)
  test(`[AUTH-5] trusted-header without ${missing} does not start`, () => {
    const { [missing]: _, ...rest } = needed;
    assert.throws(() => trustedHeaderMethod.configure(rest, place), { exitCode: 2, message: sentence });
  });

test('[AUTH-10] trusted-header believes the proxies that the server has anyway, where none are named for it', async () => {
  const { DATAANS_TRUSTED_PEERS: _, ...rest } = needed;
  const proxies = [{ address: '172.18.0.2', prefix: 32 }];
  const { authenticate } = trustedHeaderMethod.configure(rest, { ...place, proxies })(
    createTestAuthContext(),
  );
  assert.equal((await authenticate(callWith({}))).name, 'you@example.org');
  await assert.rejects(authenticate({ ...callWith({}), peer: '172.18.0.3' }), { reason: 'wrong-peer' });
});

test('[AUTH-5] trusted-header without a public address does not start', () => {
  assert.throws(() => trustedHeaderMethod.configure(needed, { ...place, publicHost: null }), {
    message: /also needs DATAANS_PUBLIC_URL\./,
  });
});

function setUp(texts: AuthOptionTexts = {}) {
  return trustedHeaderMethod.configure({ ...needed, ...texts }, place)(createTestAuthContext());
}

function callWith(headers: Readonly<Record<string, string>>) {
  const sent = { host: 'notes.example.org', 'remote-email': 'you@example.org', ...headers };
  return { request: new Request('http://server/v1/log', { headers: sent }), peer: '172.18.0.2' };
}
