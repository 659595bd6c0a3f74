import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encodeFrames, framesMediaType, limits, logMessage, parseProblem, paths } from '@dataans/core';
import * as v from 'valibot';
import { randomBytesToToken, tokenToHash } from './auth/token-text.ts';
import { nameOf, patternBytes } from './chunks/chunk-store.contract.ts';
import { startServer, type ServerOptions } from './start-server.ts';
import { openDataFolder, openTokensOf } from './storage/data-folder.ts';
import { envelopeFrame, envelopeFrames } from './testing/frames.ts';
import { connectRaw, requestHead } from './testing/raw-connection.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { afterTest } from './testing/after-test.ts';

const chunk = patternBytes(900_000);
const name = nameOf(chunk);

test('[SRV-16] chunks and operations go through a real connection and back', async (t) => {
  const { address } = await start(t);
  assert.equal((await fetch(address + paths.chunk(name), { method: 'PUT', body: copy(chunk) })).status, 201);
  const read = await fetch(address + paths.chunk(name));
  assert.deepEqual(new Uint8Array(await read.arrayBuffer()), chunk);

  const frames = encodeFrames(envelopeFrames('operation', 1_000, 400));
  const headers = { 'content-type': framesMediaType };
  const sent = await fetch(address + paths.operations, { method: 'POST', headers, body: copy(frames) });
  assert.equal(sent.status, 200);
  const page = await fetch(`${address}${paths.operations}?after=0`);
  assert.deepEqual(new Uint8Array(await page.arrayBuffer()), frames);
});

test('[SRV-3] an answer over a connection has no header that it does not need', async (t) => {
  const { address } = await start(t);
  const raw = await connectRaw(t, address);
  raw.write(requestHead(address, 'GET', paths.operations, {}));
  const head = await raw.readUntil(/\r\n\r\n/);
  assert.deepEqual(
    head
      .toLowerCase()
      .match(/^[a-z-]+(?=: )/gm)
      ?.toSorted(),
    [
      'cache-control',
      'content-length',
      'content-type',
      'dataans',
      'dataans-head',
      'date',
      'x-content-type-options',
    ],
  );
});

for (const method of ['PUT', 'POST'])
  test(`[SRV-5] of a ${method} body that is cut off nothing is stored`, async (t) => {
    const { address, dataFolder } = await start(t);
    const raw = await connectRaw(t, address);
    const [path, body] =
      method === 'PUT'
        ? [paths.chunk(name), chunk]
        : [paths.operations, encodeFrames(envelopeFrames('operation', 900))];
    const headers = { 'content-length': body.length, 'content-type': framesMediaType };
    raw.write(requestHead(address, method, path, headers));
    raw.write(body.subarray(0, body.length - 1));
    await requestArrived(address, dataFolder, method);
    raw.socket.destroy();
    await whenIdle(address, dataFolder);
    assert.equal((await fetch(address + paths.chunk(name))).status, 404);
    assert.equal(await headOf(address), 0);
    assert.deepEqual(await readdir(join(dataFolder, 'incoming')), []);
  });

for (const connection of ['keep-alive', 'close'])
  test(`[SRV-5] a body over the limit is refused on its length, and the connection is told: ${connection}`, async (t) => {
    const { address } = await start(t);
    const raw = await connectRaw(t, address);
    const length = limits.chunkBytesMax + 1;
    raw.write(requestHead(address, 'PUT', paths.chunk(name), { connection, 'content-length': length }));
    const answer = await raw.readUntil(/\r\n\r\n\{.*\}/);
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /"code":"too-large"/);
  });

test('[SRV-5] a refusal reaches who sends on and wants the connection closed', async (t) => {
  const { address } = await start(t);
  const raw = await connectRaw(t, address);
  const errors: Error[] = [];
  raw.socket.on('error', (error) => errors.push(error));
  const body = Buffer.alloc(8 * limits.chunkBytesMax); // More than a connection holds on its way.
  raw.write(
    requestHead(address, 'PUT', paths.chunk(name), { connection: 'close', 'content-length': body.length }),
  );
  raw.write(body);
  assert.match(await raw.readToEnd(), /"code":"too-large".*\}$/);
  assert.deepEqual(errors, []);
});

test('[SRV-5] a body without a length is refused when it is over the limit, and its sender let go', async (t) => {
  const { address, dataFolder } = await start(t);
  const raw = await connectRaw(t, address);
  raw.write(requestHead(address, 'PUT', paths.chunk(name), { 'transfer-encoding': 'chunked' }));
  const piece = Buffer.alloc(65_536);
  for (let sent = 0; sent <= limits.chunkBytesMax; sent += piece.length) {
    raw.write(`${piece.length.toString(16)}\r\n`);
    raw.write(piece);
    raw.write('\r\n');
  }
  assert.match(await raw.readToEnd(), /\r\n\r\n\{.*"code":"too-large".*\}$/);
  assert.deepEqual(await readdir(join(dataFolder, 'incoming')), []);
});

const notHttp: readonly (readonly [title: string, request: string])[] = [
  ['garbage', 'garbage\r\n\r\n'],
  [
    'two lengths',
    'POST /v1/operations HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
  ],
  [
    'a length and chunks',
    'POST /v1/operations HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(100_000)}\r\n\r\n`],
  ['no host', 'GET /v1/log HTTP/1.1\r\n\r\n'],
  ['a host that is none', 'GET /v1/log HTTP/1.1\r\nhost: a b\r\n\r\n'],
  ['a host that is no address', 'GET / HTTP/1.1\r\nhost: 1.2.3.4.5\r\n\r\n'],
];

for (const [title, request] of notHttp)
  test(`[SRV-1] [SRV-3] a request that has ${title} is refused, and the server goes on serving`, async (t) => {
    const { address } = await start(t);
    const raw = await connectRaw(t, address);
    raw.write(request);
    const answer = await raw.readUntil(/\r\n\r\n\{.*\}/);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /);
    for (const line of [/^dataans: 1\r$/m, /^x-content-type-options: nosniff\r$/m])
      assert.match(answer, line);
    assert.equal((await fetch(address + paths.log)).status, 200);
  });

const tooSlow: readonly (readonly [title: string, begin: (address: string) => string])[] = [
  ['head', () => 'GET /v1/log HTTP/1.1\r\n'],
  ['chunk', (address) => `${requestHead(address, 'PUT', paths.chunk(name), { 'content-length': 9 })}half`],
  [
    'batch',
    (address) =>
      `${requestHead(address, 'POST', paths.operations, { 'content-length': 9, 'content-type': framesMediaType })}half`,
  ],
];

for (const [title, begin] of tooSlow)
  test(`[SRV-40] a ${title} that does not arrive in time is refused, so that it is sent again, and its sender let go`, async (t) => {
    const { address, dataFolder } = await start(t, { requestTimeoutMs: 50 });
    const raw = await connectRaw(t, address);
    raw.write(begin(address));
    const answer = await raw.readToEnd();
    assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n[^]*\r\n\r\n\{.*"code":"request-timeout".*\}$/);
    await whenIdle(address, dataFolder);
    assert.equal(await headOf(address), 0);
  });

for (const [title, text] of [
  ['half a request', 'GET /v1/log HTTP/1.1\r\n'],
  ['garbage', 'garbage\r\n\r\n'],
] as const)
  test(`[SRV-40] after ${title} nobody keeps a connection by keeping their own end of it open`, async (t) => {
    const { address, close } = await start(t, { requestTimeoutMs: 50 });
    const { hostname, port } = new URL(address);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    afterTest(t, () => socket.destroy());
    // A reset is one way to be let go.
    socket.on('error', () => {}).resume();
    socket.write(text);
    await once(socket, 'end');
    // The time after which a stop cuts connections off never comes: this one has to end by itself.
    t.mock.timers.enable({ apis: ['setTimeout'] });
    await close();
  });

test('[SRV-1] no refusal gets into an answer that is on its way', async (t) => {
  const { address } = await start(t);
  const raw = await connectRaw(t, address);
  raw.write(requestHead(address, 'GET', paths.events, {}));
  const begun = await raw.readUntil(/event: head/);
  raw.write('garbage\r\n\r\n');
  assert.equal(await raw.readToEnd(), begun);
});

for (const path of [
  '/v1/chunks/../../etc/passwd',
  '/../../etc/passwd',
  '/v1/chunks/..%2f..%2fetc',
  '/%00',
  '/\\..\\x',
])
  test(`[SRV-20] ${path} reaches nothing`, async (t) => {
    const { address } = await start(t);
    const raw = await connectRaw(t, address);
    raw.write(requestHead(address, 'GET', path, { connection: 'close' }));
    const answer = await raw.readToEnd();
    assert.match(answer, /^HTTP\/1\.1 40[04] /);
    assert.doesNotMatch(answer, /root:/);
  });

test('[SRV-23] a page that reaches this machine under a name of its own is refused', async (t) => {
  const { address } = await start(t);
  const raw = await connectRaw(t, address);
  raw.write(requestHead(address, 'GET', paths.log, { host: 'rebound.example', connection: 'close' }));
  assert.match(await raw.readToEnd(), /^HTTP\/1\.1 403 /);
});

test('[SRV-23] loopback does not listen where others can reach it', async (t) => {
  const dataFolder = await temporaryFolder(t);
  await assert.rejects(startServer({ dataFolder, host: '0.0.0.0' }), {
    name: 'OperatorError',
    message: /can't be used on 0\.0\.0\.0\. Set DATAANS_AUTH=token/,
  });
});

test('[SRV-25] a token works while the server runs, from the request after it was made to the one before it is revoked', async (t) => {
  const { address, dataFolder } = await start(t, { auth: 'token' });
  const token = randomBytesToToken(new Uint8Array(32).fill(7));
  const ask = async () =>
    (await fetch(address + paths.log, { headers: { authorization: `Bearer ${token}` } })).status;
  const operator = await openTokensOf(dataFolder);
  afterTest(t, () => operator.close());
  assert.equal(await ask(), 401);
  await operator.add({ hash: tokenToHash(token), name: 'phone', created: 1, expires: null });
  assert.equal(await ask(), 200);
  await operator.revoke('phone', 2);
  assert.equal(await ask(), 401);
  assert.equal((await fetch(address + paths.log)).headers.get('www-authenticate'), 'Bearer');
});

test('[SRV-21] a second server on the same folder is refused, and one after the first is not', async (t) => {
  const dataFolder = await temporaryFolder(t);
  const first = await startServer({ dataFolder });
  await assert.rejects(startServer({ dataFolder }), {
    name: 'OperatorError',
    message: /Another dataans-server is using this data folder/,
  });
  await first.close();
  await (await startServer({ dataFolder })).close();
});

test('[SRV-21] a server that cannot listen says why and lets go of its folder', async (t) => {
  const dataFolder = await temporaryFolder(t);
  const taken = createServer().listen(0, '127.0.0.1');
  afterTest(t, () => taken.close());
  await once(taken, 'listening');
  const address = taken.address();
  assert.ok(address !== null && typeof address === 'object');
  await assert.rejects(startServer({ dataFolder, port: address.port }), {
    name: 'OperatorError',
    message: new RegExp(`Port ${address.port} on 127.0.0.1 is already in use\\. .* DATAANS_PORT`),
  });
  await (await openDataFolder(dataFolder)).close();
});

test('[SRV-14] events arrive over a real connection, and end when the server stops', async (t) => {
  const server = await start(t);
  const raw = await connectRaw(t, server.address);
  raw.write(requestHead(server.address, 'GET', paths.events, {}));
  await raw.readUntil(/event: head\ndata: \{"head":0,/);
  await post(server.address, encodeFrames([envelopeFrame('a')]));
  await raw.readUntil(/event: head\ndata: \{"head":1,/);
  await server.close();
  assert.match(await raw.readToEnd(), /\r\n0\r\n\r\n$/);
});

test('[SRV-15] readers that take nothing do not hold up the others or the stop', async (t) => {
  const server = await start(t);
  const stuck = await connectRaw(t, server.address);
  stuck.socket.pause();
  stuck.write(requestHead(server.address, 'GET', paths.events, {}));
  await fetch(server.address + paths.chunk(name), { method: 'PUT', body: copy(chunk) });
  for (let asked = 0; asked < 20; asked += 1)
    stuck.write(requestHead(server.address, 'GET', paths.chunk(name), {}));
  await post(server.address, encodeFrames(envelopeFrames('operation', 10)));
  assert.equal(await headOf(server.address), 10);
  stuck.socket.destroy();
  await server.close();
});

test('[SRV-32] a stop lets the request that runs finish, and takes no other', async (t) => {
  const server = await start(t);
  const raw = await connectRaw(t, server.address);
  raw.write(requestHead(server.address, 'PUT', paths.chunk(name), { 'content-length': chunk.length }));
  raw.write(chunk.subarray(0, 500_000));
  await requestArrived(server.address, server.dataFolder, 'PUT');
  // The time after which connections are cut off never comes: this one has to end by itself.
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const closed = server.close();
  await assert.rejects(fetch(server.address + paths.log));
  raw.write(chunk.subarray(500_000));
  assert.match(await raw.readToEnd(), /^HTTP\/1\.1 201 /);
  await closed;
  const folder = await openDataFolder(server.dataFolder);
  afterTest(t, () => folder.close());
  assert.equal(await folder.chunks.size(name), chunk.length);
});

async function start(t: TestContext, options: Partial<ServerOptions> = {}) {
  const dataFolder = await temporaryFolder(t);
  const server = await startServer({ dataFolder, ...options });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= server.close());
  afterTest(t, close);
  return { address: server.address, dataFolder, close };
}

async function post(address: string, body: Uint8Array): Promise<void> {
  const headers = { 'content-type': framesMediaType };
  const answer = await fetch(address + paths.operations, { method: 'POST', headers, body: copy(body) });
  assert.equal(parseProblem(await answer.json()), null);
}

async function headOf(address: string): Promise<number> {
  return v.parse(logMessage, await (await fetch(address + paths.log)).json()).head;
}

/** Waits until the server has begun to take in a body. */
async function requestArrived(address: string, dataFolder: string, method: string): Promise<void> {
  if (method !== 'PUT') return void (await headOf(address));
  while ((await readdir(join(dataFolder, 'incoming'))).length === 0) await headOf(address);
}

/** Waits until the server holds nothing half-written. */
async function whenIdle(address: string, dataFolder: string): Promise<void> {
  while ((await readdir(join(dataFolder, 'incoming'))).length > 0) await headOf(address);
}

/** fetch() takes only bytes that are not shared. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

test('[SRV-47] a port of its own answers metrics without a credential, nothing else, and only under a name of this machine', async (t) => {
  const dataFolder = await temporaryFolder(t);
  const server = await startServer({ dataFolder, auth: 'token', metricsPort: 0 });
  afterTest(t, () => server.close());
  const { address, metricsAddress } = server;
  assert.ok(metricsAddress !== null);
  assert.equal((await fetch(`${address}/metrics`)).status, 401);
  const answer = await fetch(`${metricsAddress}/metrics`);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /dataans_refusals_total\{method="token",reason="missing"\} 1/);
  for (const path of [paths.log, '/health', '/'])
    assert.equal((await fetch(metricsAddress + path)).status, 404, path);
  const raw = await connectRaw(t, metricsAddress);
  raw.write(
    requestHead(metricsAddress, 'GET', '/metrics', { host: 'elsewhere.example', connection: 'close' }),
  );
  assert.match(await raw.readToEnd(), /^HTTP\/1\.1 403 /);
});

test('[SRV-47] where that port is taken the server does not start, and says which option it is', async (t) => {
  const taken = await startServer({ dataFolder: await temporaryFolder(t) });
  afterTest(t, () => taken.close());
  const dataFolder = await temporaryFolder(t);
  await assert.rejects(startServer({ dataFolder, metricsPort: Number(new URL(taken.address).port) }), {
    message: /is already in use\. .* set DATAANS_METRICS_PORT to another/,
  });
  await (await startServer({ dataFolder })).close();
});

test('[SRV-1] CONNECT and an expectation that nobody knows are answered as anything else', async (t) => {
  const server = await startServer({ dataFolder: await temporaryFolder(t) });
  afterTest(t, () => server.close());
  const tunnel = await connectRaw(t, server.address);
  tunnel.write('CONNECT notes.example.org:443 HTTP/1.1\r\nHost: notes.example.org\r\n\r\n');
  const refused = await tunnel.readToEnd();
  assert.match(refused, /^HTTP\/1\.1 405 .*\r\nallow: GET, HEAD, PUT, POST\r\n/s);
  assert.match(refused, /"code":"method-not-allowed"/);
  const expecting = await connectRaw(t, server.address);
  expecting.write(requestHead(server.address, 'GET', paths.log, { expect: 'miracles', connection: 'close' }));
  assert.match(await expecting.readToEnd(), /^HTTP\/1\.1 200 /);
});
