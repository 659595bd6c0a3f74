import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcessPeer } from '../auth/authenticator.ts';
import { isLoopbackPeer } from '../auth/host.ts';
import { createProxyCheck } from '../auth/peer-ranges.ts';
import { callerAddress, type IsProxy } from './caller-address.ts';

type Headers = Readonly<Record<string, string>>;

function address(
  peer: string,
  headers: Headers = {},
  method = 'token',
  isProxy: IsProxy = isLoopbackPeer,
): string | null {
  return callerAddress({ request: new Request('http://127.0.0.1/', { headers }), peer }, method, isProxy);
}

for (const [peer, expected] of [
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:01:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['::2', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['127.0.0.1', null],
  ['::1', null],
  ['::ffff:127.0.0.1', null],
  [inProcessPeer, null],
  ['gone', 'gone'],
] as const)
  test(`[AUTH-22] whoever connects from ${peer} is ${expected}`, () => {
    assert.equal(address(peer), expected);
  });

test('[AUTH-22] a proxy on this machine says for whom it speaks, and nobody else is believed', () => {
  const forwarded = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' };
  assert.equal(address('127.0.0.1', forwarded), '203.0.113.7');
  assert.equal(address('198.51.100.9', forwarded), '198.51.100.9');
  for (const said of ['', 'somebody', '127.0.0.1', '::1', '203.0.113.7:80'])
    assert.equal(address('127.0.0.1', { 'x-forwarded-for': said }), null, said);
});

test('[AUTH-22] of several proxies each adds an address, and the last that is none of theirs is the caller', () => {
  const isProxy = createProxyCheck([{ address: '172.18.0.0', prefix: 16 }]);
  const said = (forwarded: string, peer = '172.18.0.2') =>
    address(peer, { 'x-forwarded-for': forwarded }, 'token', isProxy);
  assert.equal(said('203.0.113.7'), '203.0.113.7');
  assert.equal(said('198.51.100.1, 203.0.113.7, 172.18.0.9'), '203.0.113.7');
  assert.equal(said('203.0.113.7', '172.19.0.2'), '172.19.0.2');
  for (const nobody of ['', '172.18.0.9', '203.0.113.7, unknown']) assert.equal(said(nobody), null, nobody);
});

test("[AUTH-22] Cloudflare's header counts only behind Cloudflare Access", () => {
  const headers = { 'cf-connecting-ip': '203.0.113.7', 'x-forwarded-for': '198.51.100.1' };
  assert.equal(address('127.0.0.1', headers, 'cloudflare-access'), '203.0.113.7');
  assert.equal(address('127.0.0.1', headers, 'token'), '198.51.100.1');
});
