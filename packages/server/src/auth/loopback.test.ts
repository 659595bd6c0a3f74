import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcessPeer } from './authenticator.ts';
import { testAuthMethod } from './authenticator.contract.ts';
import { configureAuth } from './methods.ts';
import { isLoopbackHost } from './host.ts';
import { createLoopbackAuth } from './loopback.ts';

testAuthMethod('loopback', async () => ({
  ...createLoopbackAuth({ port: 8000, publicHost: null }),
  method: 'loopback',
  known: { name: 'this machine', call: () => callTo('127.0.0.1:8000') },
  other: null,
  secret: null,
  strangers: {
    'another machine': () => ({ ...callTo('127.0.0.1:8000'), peer: '203.0.113.7' }),
    'a page of another name': () => callTo('evil.example:8000'),
    'a proxy': () => ({ request: requestTo('127.0.0.1:8000', { via: '1.1 proxy' }), peer: '127.0.0.1' }),
  },
  handsOver: null,
}));

const { authenticate } = createLoopbackAuth({ port: 8000, publicHost: 'notes.localdomain' });

for (const host of [
  'localhost:8000',
  'LOCALHOST:8000',
  '127.0.0.1:8000',
  '127.1.2.3:8000',
  '[::1]:8000',
  'notes.localdomain',
])
  test(`[SRV-23] loopback lets in a request to ${host}`, async () => {
    assert.equal((await authenticate(callTo(host))).method, 'loopback');
  });

for (const host of [
  'localhost',
  'localhost:8001',
  'evil.example:8000',
  'localhost.evil.example:8000',
  '127.0.0.1.evil.example:8000',
  '10.0.0.1:8000',
  '[::2]:8000',
  'notes.localdomain:8000',
  'localhost:8000:8000',
  'x@localhost:8000',
])
  test(`[SRV-23] loopback refuses a request to ${host}`, async () => {
    await assert.rejects(authenticate(callTo(host)), { name: 'Refusal', code: 'forbidden' });
  });

test('[SRV-23] loopback knows the default port when a host names none', async () => {
  const onPort80 = createLoopbackAuth({ port: 80, publicHost: null }).authenticate;
  assert.equal((await onPort80(callTo('localhost'))).name, 'this machine');
});

for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
  test(`[SRV-23] loopback lets in the peer ${peer}`, async () => {
    assert.equal((await authenticate({ ...callTo('localhost:8000'), peer })).method, 'loopback');
  });

for (const peer of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', ''])
  test(`[SRV-23] loopback refuses the peer ${peer || 'without an address'}`, async () => {
    await assert.rejects(authenticate({ ...callTo('localhost:8000'), peer }), { code: 'forbidden' });
  });

for (const name of ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip', 'cf-connecting-ip'])
  test(`[SRV-23] loopback refuses what a proxy that it was not told of passes on with ${name}`, async () => {
    const call = { request: requestTo('127.0.0.1:8000', { [name]: '203.0.113.7' }), peer: '127.0.0.1' };
    const untold = createLoopbackAuth({ port: 8000, publicHost: null }).authenticate;
    await assert.rejects(untold(call), { code: 'forbidden', message: /came through a proxy/ });
    assert.equal((await authenticate(call)).method, 'loopback');
  });

test('[SRV-23] only addresses of this machine are loopback', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) assert.equal(isLoopbackHost(host), true);
  for (const host of ['0.0.0.0', '::', '127.0.0.1.example', '128.0.0.1', 'host'])
    assert.equal(isLoopbackHost(host), false);
});

test('[SRV-23] a server that asks nobody who they are does not start behind a public address', () => {
  for (const publicHost of ['notes.example.org', 'notes.example.org:8443', '10.0.0.1'])
    assert.throws(() => configureAuth('loopback', {}, { host: '127.0.0.1', publicHost }), {
      name: 'OperatorError',
      message: /everybody could get in through .* remove DATAANS_PUBLIC_URL/,
    });
  for (const publicHost of ['127.0.0.1:9000', 'localhost', '[::1]:9000'])
    assert.equal(typeof configureAuth('loopback', {}, { host: '127.0.0.1', publicHost }), 'function');
});

function callTo(host: string) {
  return { request: requestTo(host), peer: inProcessPeer };
}

function requestTo(host: string, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request('http://127.0.0.1:8000/v1/log', { headers: { host, ...headers } });
}
