import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import type { Access } from './access.ts';
import { createSecret } from '../platform/secret.ts';
import { createExchange } from './exchange.ts';
import { createHastyClock, marked, scriptTransport, type ScriptedAnswer } from './scripted-server.fixture.ts';

const address = 'http://notes.example';
const bearer: Access = { kind: 'bearer', token: createSecret('dat_token') };
const question = { method: 'GET', path: '/v1/log', bytesMax: 5_000 } as const;
const signal = new AbortController().signal;

function build(access: Access, ...answers: readonly (ScriptedAnswer | Error)[]) {
  const { transport, requests } = scriptTransport(...answers);
  const clock = createHastyClock();
  const exchange = createExchange({ address, transport, clock, randomness: () => 0.5, access: () => access });
  return { exchange, requests, clock };
}

async function failure(
  access: Access,
  ...answers: readonly (ScriptedAnswer | Error)[]
): Promise<DataansError> {
  const error = await build(access, ...answers)
    .exchange.ask(question, signal)
    .then(
      () => assert.fail('It should have failed.'),
      (reason: unknown) => reason,
    );
  assert.ok(error instanceof DataansError);
  return error;
}

const none: Access = { kind: 'none' };

test('[SYN-1] an answer without the mark of a Dataans server is told apart by what can be done about it', async () => {
  const html = { body: '<html>', headers: { 'content-type': 'text/html' } };
  const cases: readonly (readonly [Access, ScriptedAnswer, string, RegExp])[] = [
    [none, html, 'server-unreachable', /isn't a Dataans server/],
    [none, { status: 404, body: '{}' }, 'server-unreachable', /isn't a Dataans server/],
    [
      none,
      { status: 302, headers: { location: 'https://login.example/' } },
      'login-required',
      /is behind a login page/,
    ],
    [
      bearer,
      { status: 302, headers: { location: 'https://login.example/' } },
      'session-expired',
      /Your session at .* has expired/,
    ],
    [bearer, { status: 401 }, 'session-expired', /Your session at .* has expired/],
    [bearer, { status: 403 }, 'session-expired', /Your session at .* has expired/],
    [
      bearer,
      { status: 301, headers: { location: 'https://notes.example/v1/log' } },
      'server-unreachable',
      /redirects to https/,
    ],
    [none, { status: 502 }, 'server-unreachable', /behind it isn't answering/],
    [none, { status: 413 }, 'too-large', /proxy/],
    [none, { status: 429 }, 'server-failed', /is limiting requests/],
  ];
  for (const [access, answer, code, message] of cases) {
    const error = await failure(access, answer);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    if (code !== 'too-large') assert.notEqual(error.advice, '');
  }
});

test('[SYN-2] where nothing answers the error says why and what to do', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['ECONNREFUSED', /nothing is listening there/],
    ['ENOTFOUND', /no such host/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate isn't trusted/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /certificate isn't trusted/],
    ['EPROTO', /doesn't use TLS/],
    ['ETIMEDOUT', /didn't answer in time/],
    ['SOMETHING_ELSE', /SOMETHING_ELSE/],
  ];
  for (const [code, message] of cases) {
    const socketError = Object.assign(new Error(code), { code });
    const error = await failure(none, new TypeError('fetch failed', { cause: socketError }));
    assert.equal(error.code, 'server-unreachable');
    assert.match(error.message, message);
    assert.notEqual(error.advice, '');
  }
});

test('[SYN-2] a server that accepts the connection and stays silent is given up', async () => {
  const clock = createHastyClock();
  const exchange = createExchange({
    address,
    transport: ({ signal: given }) =>
      new Promise((_, reject) => {
        given.addEventListener('abort', () => reject(new Error('aborted', { cause: given.reason })));
      }),
    clock: { ...clock, sleep: () => Promise.resolve() },
    randomness: () => 0.5,
    access: () => none,
  });
  await assert.rejects(exchange.ask(question, signal), {
    code: 'server-unreachable',
    message: /didn't answer in time/,
  });
});

test('[SYN-4] what may pass is asked again after growing pauses, three times at most', async () => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  const recovered = build(
    none,
    reset,
    { status: 503, headers: marked, body: problem('unavailable', 503) },
    { headers: marked, body: 'ok' },
  );
  const answer = await recovered.exchange.ask(question, signal);
  assert.equal(answer.status, 200);
  assert.equal(recovered.requests.length, 3);
  assert.deepEqual(recovered.clock.pauses, [150, 300]);
  const slow = build(
    none,
    { status: 408, headers: marked, body: problem('request-timeout', 408) },
    { headers: marked, body: 'ok' },
  );
  assert.equal((await slow.exchange.ask(question, signal)).status, 200);
  const lost = build(none, reset);
  await assert.rejects(lost.exchange.ask(question, signal), {
    code: 'server-unreachable',
    message: /interrupted/,
  });
  assert.equal(lost.requests.length, 3);
});

test('[SYN-4] what a second attempt would meet again is asked once', async () => {
  for (const answer of [
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    { status: 401, headers: marked, body: problem('unauthorized', 401) },
    { status: 200, body: '<html>' },
  ]) {
    const once = build(none, answer);
    await once.exchange.ask(question, signal).catch(() => undefined);
    assert.equal(once.requests.length, 1);
  }
});

test('[SYN-4] a caller that gives up ends the attempts', async () => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  const { exchange, requests } = build(none, reset);
  const abort = new AbortController();
  const asking = exchange.ask(question, abort.signal);
  abort.abort(new Error('given up'));
  await assert.rejects(asking, /given up/);
  assert.equal(requests.length, 1);
});

test('[SYN-15] an answer larger than it may be is refused while it arrives', async () => {
  let taken = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      taken += 1;
      yield new Uint8Array(1_000);
    }
  }
  const exchange = createExchange({
    address,
    transport: () =>
      Promise.resolve({ status: 200, header: (name) => marked[name] ?? null, body: endless() }),
    clock: createHastyClock(),
    randomness: () => 0.5,
    access: () => none,
  });
  await assert.rejects(exchange.ask(question, signal), {
    code: 'server-failed',
    message: /over 5000 bytes/,
  });
  assert.equal(taken, 6);
});

test('the credential goes with every request, and nothing of it is in an error', async () => {
  const { exchange, requests } = build(bearer, { status: 401 });
  const error: unknown = await exchange.ask(question, signal).catch((reason: unknown) => reason);
  assert.equal(requests[0]?.headers['authorization'], 'Bearer dat_token');
  assert.doesNotMatch(JSON.stringify(error) + String(error), /dat_token/);
});

function problem(code: string, status: number): string {
  return JSON.stringify({ type: 'urn:x', title: 'x', status, code, detail: 'It is so.' });
}
