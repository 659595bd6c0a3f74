import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrames, framesMediaType, paths, statusByProblemCode, type ProblemCode } from '@dataans/core';
import * as v from 'valibot';
import { createIdentity } from './auth/identity.ts';
import { createMemoryChunks } from './chunks/memory-chunks.ts';
import { sha256 } from './hash.ts';
import { Refusal } from './problems/refusal.ts';
import { problemResponse } from './problems/problem-response.ts';
import { StorageFullError } from './stores/storage-full.ts';
import { StorageUnavailableError } from './stores/storage-unavailable.ts';
import { freeBytesMin } from './stores/storage-health.ts';
import { nameOf } from './chunks/chunk-store.contract.ts';
import { envelopeFrame } from './testing/frames.ts';
import { createRecordedLogger } from './testing/recorded-logger.ts';
import { assertRefused, createTestApp, readProblem, type Overrides } from './testing/test-app.ts';

for (const path of [
  '/nope',
  '/v1',
  '/v1/',
  '/v1/log/',
  '/v1/operations/x',
  '/v2/log',
  '//',
  '/v1/chunks/a/b',
])
  test(`[SRV-2] nothing is at ${path}`, async () => {
    await assertRefused(await createTestApp().send('GET', path), 'not-found');
  });

const wrongMethods: readonly (readonly [method: string, path: string, allow: string])[] = [
  ['POST', paths.log, 'GET, HEAD'],
  ['DELETE', paths.account, 'GET, HEAD, PUT'],
  ['PUT', paths.operations, 'GET, HEAD, POST'],
  ['GET', paths.operationsMissing, 'POST'],
  ['GET', paths.chunksMissing, 'POST'],
  ['PUT', paths.chunksMissing, 'POST'],
  ['DELETE', `/v1/chunks/${'0'.repeat(64)}`, 'PUT, GET, HEAD'],
  ['OPTIONS', paths.log, 'GET, HEAD'],
  ['POST', '/', 'GET, HEAD'],
];

for (const [method, path, allow] of wrongMethods)
  test(`[SRV-2] ${method} ${path} is refused with what is allowed`, async () => {
    const answer = await createTestApp().send(method, path);
    assert.equal(answer.headers.get('allow'), allow);
    await assertRefused(answer, 'method-not-allowed');
  });

test('[SRV-3] every answer says that it is from a Dataans server, and when', async () => {
  const { send, clock } = createTestApp();
  for (const path of ['/', '/health', '/nope', paths.log, paths.account, paths.operations]) {
    const { headers } = await send('GET', path);
    assert.equal(headers.get('dataans'), '1', path);
    assert.equal(headers.get('date'), new Date(clock.now()).toUTCString(), path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
  }
});

test('[SRV-3] an answer of the API has no header that it does not need', async () => {
  const { headers } = await createTestApp().send('GET', paths.operations);
  assert.deepEqual([...headers.keys()].toSorted(), [
    'cache-control',
    'content-length',
    'content-type',
    'dataans',
    'dataans-head',
    'date',
    'x-content-type-options',
  ]);
});

test('[SRV-3] no page of another site may read an answer', async () => {
  const { send } = createTestApp();
  const answer = await send('GET', paths.log, { headers: { origin: 'https://other.example' } });
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
});

for (const code of Object.keys(statusByProblemCode) as ProblemCode[])
  test(`[SRV-1] ${code} is a whole problem document`, async () => {
    const problem = await readProblem(problemResponse(new Refusal(code, 'One sentence.')));
    assert.equal(problem.status, statusByProblemCode[code]);
    assert.equal(problem.detail, 'One sentence.');
  });

test('[SRV-1] a fault of the server is a problem document that tells nothing of its inside, and is logged', async () => {
  const logger = createRecordedLogger();
  const failing = async () => {
    throw new Error('secret inside');
  };
  const { send } = createTestApp({ authenticate: failing, logger });
  const problem = await assertRefused(await send('GET', paths.log), 'internal');
  assert.doesNotMatch(JSON.stringify(problem), /secret/);
  assert.deepEqual(
    logger.lines.map(({ level, message }) => [level, message]),
    [
      ['error', 'failed'],
      ['warn', 'request'],
    ],
  );
});

test('[SRV-6] a full storage is said so, and the server goes on serving', async () => {
  const chunks = {
    ...createMemoryChunks({ hash: sha256 }),
    put: async () => {
      throw new StorageFullError(new Error('ENOSPC'));
    },
  };
  const { send } = createTestApp({ chunks });
  const body = new Uint8Array([1]);
  await assertRefused(await send('PUT', paths.chunk(nameOf(body)), { body }), 'storage-full');
  assert.equal((await send('GET', paths.log)).status, 200);
});

test('[SRV-44] a storage that cannot be used just now is 503 with when to try again, and its reason is logged', async () => {
  const logger = createRecordedLogger();
  const away = () => Promise.reject(new StorageUnavailableError(new Error('database is locked')));
  const { send } = createTestApp({ logger, log: { ...createTestApp().log, head: away } });
  const answer = await send('GET', paths.log);
  assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
  assert.doesNotMatch((await assertRefused(answer, 'unavailable')).detail, /locked/);
  assert.deepEqual(
    logger.lines.filter(({ level }) => level === 'error'),
    [{ level: 'error', message: 'storage unavailable', failure: 'database is locked', route: paths.log }],
  );
});

test('[SRV-27] a request is logged by its route, without anything of what was asked or sent', async () => {
  const logger = createRecordedLogger();
  const { send } = createTestApp({ logger });
  const chunk = new Uint8Array([7]);
  await send('PUT', paths.chunk(nameOf(chunk)), { body: chunk, headers: { authorization: 'Bearer dat_x' } });
  await send('GET', `${paths.operations}?after=0`);
  await send('GET', '/secret-place');
  const request = { level: 'debug', message: 'request', ms: 0, bytes: 0 };
  assert.deepEqual(logger.lines, [
    {
      level: 'info',
      auth: 'loopback',
      caller: createIdentity('loopback', 'this machine', null).hash,
      message: 'signed in',
    },
    { ...request, method: 'PUT', route: '/v1/chunks/:name', status: 201 },
    { ...request, method: 'GET', route: '/v1/operations', status: 200 },
    { ...request, method: 'GET', route: 'unmatched', status: 404 },
  ]);
});

test('[SRV-27] a fault is logged without the chunk that it is about', async () => {
  const logger = createRecordedLogger();
  const name = nameOf(new Uint8Array([7]));
  const read = () => Promise.reject(new Error(`EIO: i/o error, open 'chunks/${name}'`));
  const { send } = createTestApp({ logger, chunks: { ...createMemoryChunks({ hash: sha256 }), read } });
  await assertRefused(await send('GET', paths.chunk(name)), 'internal');
  const logged = JSON.stringify(logger.lines);
  assert.match(logged, /EIO: i\/o error/);
  assert.ok(!logged.includes(name));
});

test('[SRV-27] metrics count requests by route and status', async () => {
  const { send } = createTestApp({
    memoryBytes: () => 42,
    storageHealth: async () => ({ failure: null, freeBytes: 7 }),
  });
  const body = encodeFrames([envelopeFrame('a')]);
  await send('POST', paths.operations, { headers: { 'content-type': framesMediaType }, body });
  await send('PUT', paths.chunk(nameOf(body)), { body });
  await send('GET', '/v1/chunks/secret');
  await send('GET', '/secret-place');
  const text = await (await send('GET', '/metrics')).text();
  for (const line of [
    'dataans_requests_total{method="POST",route="/v1/operations",status="200"} 1',
    'dataans_requests_total{method="GET",route="/v1/chunks/:name",status="400"} 1',
    'dataans_requests_total{method="GET",route="unmatched",status="404"} 1',
    'dataans_operations 1',
    'dataans_chunks 1',
    `dataans_chunk_bytes ${body.length}`,
    'dataans_storage_free_bytes 7',
    'process_resident_memory_bytes 42',
  ])
    assert.ok(text.includes(`${line}\n`), line);
  assert.doesNotMatch(text, /secret/);
});

test('[SRV-28] health answers strangers, and tells them nothing more', async () => {
  const stranger = async () => {
    throw new Refusal('unauthorized', 'Nobody.');
  };
  const well = createTestApp({
    authenticate: stranger,
    storageHealth: async () => ({ failure: null, freeBytes: freeBytesMin }),
  });
  const answer = await well.send('GET', '/health');
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), {
    status: 'ok',
    logReadable: true,
    storageWritable: true,
  });
  await assertRefused(await well.send('GET', '/metrics'), 'unauthorized');
});

const unwell: readonly (readonly [title: string, overrides: Overrides, health: object, detail: RegExp])[] = [
  [
    'the storage cannot be written',
    { storageHealth: async () => ({ failure: 'forbidden', freeBytes: null }) },
    { logReadable: true, storageWritable: false },
    /^The data folder can't be written\. /,
  ],
  [
    'the storage is read-only',
    { storageHealth: async () => ({ failure: 'read-only', freeBytes: null }) },
    { logReadable: true, storageWritable: false },
    /^The data folder is read-only\. /,
  ],
  [
    'the storage takes nothing more though bytes are free',
    { storageHealth: async () => ({ failure: 'full', freeBytes: 1_000 * freeBytesMin }) },
    { logReadable: true, storageWritable: false },
    /^The data folder is full: .* Free up space/,
  ],
  [
    'the storage has less room than a request needs',
    { storageHealth: async () => ({ failure: null, freeBytes: freeBytesMin - 1 }) },
    { logReadable: true, storageWritable: false },
    /^Less than 4 MiB is left for notes and files\. /,
  ],
  [
    'the log cannot be read',
    { log: { ...createTestApp().log, head: () => Promise.reject(new Error('damaged')) } },
    { logReadable: false, storageWritable: true },
    /^The log can't be read\. /,
  ],
];

for (const [title, overrides, health, sentence] of unwell)
  test(`[SRV-28] a server is not well when ${title}, and says what to do`, async () => {
    const answer = await createTestApp(overrides).send('GET', '/health');
    assert.equal(answer.status, 503);
    const { detail, ...rest } = v.parse(v.looseObject({ detail: v.string() }), await answer.json());
    assert.deepEqual(rest, { status: 'unavailable', ...health });
    assert.match(detail, sentence);
  });

test('[SRV-29] the page at the root tells how to connect to the address it was asked under', async () => {
  const answer = await createTestApp().send('GET', '/');
  const page = await answer.text();
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.ok(page.includes('dataans sign-in http://127.0.0.1:8000<'));
  const behindProxy = createTestApp({ publicUrl: new URL('https://notes.example.org') });
  const proxied = await (await behindProxy.send('GET', '/')).text();
  assert.ok(proxied.includes('dataans sign-in https://notes.example.org<'));
});

test('[SRV-39] behind TLS the page tells browsers to keep to it, and no other answer does', async () => {
  const { send } = createTestApp({ publicUrl: new URL('https://notes.example.org') });
  assert.equal((await send('GET', '/')).headers.get('strict-transport-security'), 'max-age=31536000');
  assert.equal((await send('GET', '/health')).headers.get('strict-transport-security'), null);
  for (const publicUrl of [null, new URL('http://notes.example.org')]) {
    const { headers } = await createTestApp({ publicUrl }).send('GET', '/');
    assert.equal(headers.get('strict-transport-security'), null);
  }
});

test('[SRV-29] the page runs no script and loads nothing, and its own style is the one allowed', async () => {
  const answer = await createTestApp().send('GET', '/');
  const page = await answer.text();
  const policy = answer.headers.get('content-security-policy') ?? '';
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? [];
  const digest = Buffer.from(sha256(new TextEncoder().encode(style))).toString('base64');
  assert.ok(policy.startsWith("default-src 'none'; "));
  assert.ok(policy.includes(`style-src 'sha256-${digest}'`));
  assert.doesNotMatch(page, /<script|style="|src=/);
});

test('[SRV-3] who is calling is told with until when', async () => {
  const expires = Date.UTC(2030, 0, 1);
  const authenticate = async () => createIdentity('token', 'phone', expires);
  assert.deepEqual(await (await createTestApp({ authenticate }).send('GET', paths.session)).json(), {
    method: 'token',
    name: 'phone',
    expires: '2030-01-01T00:00:00.000Z',
  });
  assert.deepEqual(await (await createTestApp().send('GET', paths.session)).json(), {
    method: 'loopback',
    name: 'this machine',
    expires: null,
  });
});
