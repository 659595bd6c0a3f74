import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerAddress } from './caller-address.ts';

type Headers = Readonly<Record<string, string>>;

function address(peer: string | null, headers: Headers = {}, method = 'token'): string | null {
  return callerAddress({ request: new Request('http://127.0.0.1/', { headers }), peer }, method);
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
  [null, null],
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

test("[AUTH-22] Cloudflare's header counts only behind Cloudflare Access", () => {
  const headers = { 'cf-connecting-ip': '203.0.113.7', 'x-forwarded-for': '198.51.100.1' };
  assert.equal(address('127.0.0.1', headers, 'cloudflare-access'), '203.0.113.7');
  assert.equal(address('127.0.0.1', headers, 'token'), '198.51.100.1');
});
