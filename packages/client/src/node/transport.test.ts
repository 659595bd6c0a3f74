import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { DataansError } from '@dataans/core';
import type { TransportResponse } from '../platform/transport.ts';
import { explainUnreachable } from '../connection/connection-faults.ts';
import { createNodeTransport } from './transport.ts';

async function listen(t: TestContext, answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server's address is one.
  return { server, address: `http://127.0.0.1:${port}` };
}

const ask = (url: string, environment = {}): Promise<TransportResponse> =>
  createNodeTransport(environment)({
    method: 'GET',
    url,
    headers: {},
    body: null,
    signal: AbortSignal.timeout(10_000),
  });

async function readText(response: TransportResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const sayUrl = (request: IncomingMessage, response: ServerResponse): void => {
  response.end(`proxy: ${request.url}`);
};

for (const name of ['HTTP_PROXY', 'http_proxy']) {
  test(`[SYN-30] ${name} takes requests to http:// addresses, with or without its scheme`, async (t) => {
    const { address } = await listen(t, sayUrl);
    for (const proxy of [address, address.slice('http://'.length)]) {
      const response = await ask('http://notes.example.invalid/v1/log', { [name]: proxy });
      assert.equal(await readText(response), 'proxy: http://notes.example.invalid/v1/log');
    }
  });
}

for (const name of ['HTTPS_PROXY', 'https_proxy']) {
  test(`[SYN-30] ${name} takes a tunnel to https:// addresses, and TLS is spoken inside`, async (t) => {
    const { server, address } = await listen(t, sayUrl);
    const tunnel = new Promise<{ readonly to: string | undefined; readonly firstByte: number | undefined }>(
      (resolve) => {
        server.once('connect', (request, socket) => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.once('data', (bytes: Buffer) => {
            resolve({ to: request.url, firstByte: bytes[0] });
            socket.destroy();
          });
        });
      },
    );
    await assert.rejects(() => ask('https://notes.example.invalid/', { [name]: address }));
    const handshake = 0x16;
    assert.deepEqual(await tunnel, { to: 'notes.example.invalid:443', firstByte: handshake });
  });
}

test('[SYN-30] what NO_PROXY names, and this machine itself, is reached without a proxy', async (t) => {
  const proxy = await listen(t, sayUrl);
  const direct = await listen(t, (_, response) => response.end('direct'));
  const environment = { HTTP_PROXY: proxy.address };
  assert.equal(await readText(await ask(direct.address, environment)), 'direct');
  const local = direct.address.replace('127.0.0.1', 'localhost');
  assert.equal(await readText(await ask(local, { ...environment, NO_PROXY: 'example.org' })), 'direct');
  await assert.rejects(
    () => ask('http://notes.example.invalid/', { ...environment, no_proxy: '.example.invalid' }),
    { code: 'ENOTFOUND' },
  );
});

test('[SYN-30] a variable that names no HTTP proxy is named when a request needs it', async () => {
  for (const value of ['socks5://127.0.0.1:1080', 'http://', 'what is this'])
    await assert.rejects(
      () => ask('http://notes.example.invalid/', { https_proxy: value }),
      (error) => error instanceof DataansError && error.message.startsWith("https_proxy isn't"),
    );
});

test('[SYN-30] a proxy that refuses the tunnel is named, with what to check', async (t) => {
  const { server, address } = await listen(t, sayUrl);
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 403 no\r\n\r\n'));
  const error: unknown = await ask('https://notes.example.invalid/', { HTTPS_PROXY: address }).catch(
    (thrown: unknown) => thrown,
  );
  assert.match(explainUnreachable('https://notes.example.invalid', error).advice, /HTTPS_PROXY/);
});

test('[SYN-31] a request asks for an answer that is not compressed', async (t) => {
  const { address } = await listen(t, (request, response) =>
    response.end(String(request.headers['accept-encoding'])),
  );
  assert.equal(await readText(await ask(address)), 'identity');
});

for (const [coding, compress] of [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['deflate, gzip', (text: string) => gzipSync(deflateSync(text))],
] as const) {
  test(`[SYN-31] an answer that something on the way compressed with ${coding} reads as it was`, async (t) => {
    const text = 'a page of the log '.repeat(10_000);
    const { address } = await listen(t, (_, response) => {
      response.writeHead(200, { 'content-encoding': coding });
      response.end(compress(text));
    });
    assert.equal(await readText(await ask(address)), text);
  });
}

test('[SYN-31] a compressed answer that is cut off or damaged is an error, and leaving it early ends it', async (t) => {
  const compressed = gzipSync('x'.repeat(100_000));
  const { server, address } = await listen(t, (request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    if (request.url === '/cut') response.end(compressed.subarray(0, 40));
    else response.write(compressed);
  });
  await assert.rejects(async () => readText(await ask(`${address}/cut`)));
  const closed = new Promise<void>((resolve) => {
    server.on('connection', (socket) => socket.once('close', () => resolve()));
  });
  for await (const piece of (await ask(address)).body) {
    assert.ok(piece.length > 0);
    break;
  }
  await closed;
});

test('[SYN-2] a certificate of an issuer that is not known names NODE_EXTRA_CA_CERTS', () => {
  for (const code of [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])
    assert.match(
      explainUnreachable('https://a', Object.assign(new Error('x'), { code })).advice,
      /NODE_EXTRA_CA_CERTS/,
    );
  const expired = Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' });
  assert.doesNotMatch(explainUnreachable('https://a', expired).advice, /NODE_EXTRA/);
});
