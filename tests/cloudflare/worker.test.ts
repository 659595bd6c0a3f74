import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  bytesToHex,
  chainFrames,
  decodeFrames,
  encodeFrames,
  framesMediaType,
  headHeader,
  paths,
  startChain,
  utf8ToBytes,
  type AppendedMessage,
  type ChunkListMessage,
  type LogId,
  type LogMessage,
  type SessionMessage,
} from '@dataans/core';
import { sha256, systemClock } from '@dataans/server/app';
import { nameOf, testChunkStore } from '../../packages/server/src/chunks/chunk-store.contract.ts';
import { openIndexedChunks } from '../../packages/server/src/chunks/indexed-chunks.ts';
import type { HeadListener } from '../../packages/server/src/log/head-feed.ts';
import { testLogPair } from '../../packages/server/src/log/log-pair.contract.ts';
import { testLogStore } from '../../packages/server/src/log/log-store.contract.ts';
import {
  createObjectIndex,
  createObjectLog,
} from '../../packages/server/src/storage/cloudflare/object-calls.ts';
import { listenToObject } from '../../packages/server/src/storage/cloudflare/object-heads.ts';
import { createR2Blobs } from '../../packages/server/src/storage/cloudflare/r2-blobs.ts';
import { assertDocumented } from '../../packages/server/src/testing/assert-documented.ts';
import { envelopeFrame, envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import { createTestIssuer } from '../../packages/server/src/testing/issuer.ts';
import { assertRefused } from '../../packages/server/src/testing/test-app.ts';
import { createWorld } from '../world/world.ts';
import { createHeadReader } from './head-reader.ts';
import { appFiles, startWorker, token } from './worker-under-test.ts';

const team = 'https://myteam.cloudflareaccess.com';
const audience = 'a'.repeat(64);
const issuer = await createTestIssuer();
issuer.publishKeys(`${team}/cdn-cgi/access/certs`);

const world = await createWorld({ after: (cleanUp) => after(cleanUp) });
const worker = await startWorker(world, {
  settings: { DATAANS_ACCESS_TEAM: 'myteam', DATAANS_ACCESS_AUD: audience },
  answer: (address) => issuer.fetch(address),
});

const authorization = `Bearer ${token}`;

/** Asks the Worker over HTTP, and holds the answer against `docs/spec/openapi.json`. */
async function send(
  method: string,
  path: string,
  init: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array | string } = {},
): Promise<Response> {
  const answer = await fetch(worker.address + path, {
    method,
    redirect: 'manual',
    headers: { authorization, ...init.headers },
    // The bytes lie in no shared memory.
    ...(init.body !== undefined && { body: init.body as Uint8Array<ArrayBuffer> | string }),
  });
  await assertDocumented(method, path, answer);
  return answer;
}

/** Of a shape that the document of the protocol says. */
async function readJson<Message>(answer: Response): Promise<Message> {
  return (await answer.json()) as Message;
}

const frames = (body: Uint8Array) => ({ headers: { 'content-type': framesMediaType }, body });
const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

async function openLog(name: string = randomUUID()) {
  const stub = worker.account(name);
  return createObjectLog(stub, (await stub.describe()).log);
}

testLogStore('log in a Durable Object', () => openLog());

testLogPair('log in a Durable Object', async () => {
  const name = randomUUID();
  const subscribe = (log: LogId, listener: HeadListener) =>
    listenToObject(() => worker.account(name), log, listener, systemClock);
  const open = async () => ({ log: await openLog(name), heads: { subscribe } });
  return [await open(), await open()];
});

testChunkStore('chunks in R2', async () => {
  const stub = worker.account(randomUUID());
  const { log } = await stub.describe();
  return openIndexedChunks({
    blobs: createR2Blobs(worker.bucket, log),
    index: createObjectIndex(stub),
    hash: sha256,
  });
});

test('[SRV-131] an operation bills two written rows in a Durable Object, one sent again none', async (t) => {
  const [batch, more] = [envelopeFrames('billed', 1_000), [envelopeFrame('one more')]];
  const measured = await worker.measured('billed').measure(batch, more);
  for (const [index, what] of ['1,000 operations', 'again', 'one operation', 'a page of 1,000'].entries()) {
    const { rowsRead, rowsWritten } = measured[index] ?? {};
    t.diagnostic(`${what}: ${rowsWritten} rows written, ${rowsRead} read`);
  }
  assert.deepEqual(
    measured.map(({ rowsWritten }) => rowsWritten),
    [2_000, 0, 2, 0],
  );
});

test('[SRV-133] a Worker without settings says which are missing, and serves nobody', async () => {
  const problem = await assertRefused(await worker.ask('unset', paths.log), 'unavailable');
  assert.match(problem.detail, /DATAANS_ACCESS_TEAM and DATAANS_ACCESS_AUD/);
});

test('[AUTH-7] behind Access, whom it let through comes in, and nobody else', async () => {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: team, aud: [audience], type: 'app', iat: now, exp: now + 60 };
  const person = await issuer.sign({ ...claims, sub: 'you', email: 'you@example.org' });
  const ask = () => worker.ask('access', paths.session, { 'cf-access-jwt-assertion': person });
  // All wait for the keys that the first of them fetches.
  for (const session of await Promise.all([ask(), ask(), ask()]))
    assert.deepEqual(
      [session.status, (await readJson<SessionMessage>(session)).name],
      [200, 'you@example.org'],
    );
  assert.equal(issuer.fetched.length, 1);
  const forAnother = await issuer.sign({
    ...claims,
    aud: ['b'.repeat(64)],
    sub: 'you',
    email: 'you@example.org',
  });
  for (const headers of [{}, { 'cf-access-jwt-assertion': forAnother }, { authorization }])
    await assertRefused(await worker.ask('access', paths.session, headers), 'unauthorized');
});

test('[SRV-134] with many accounts each person has a log of their own, whatever their address, and a service none', async () => {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: team, aud: [audience], type: 'app', iat: now, exp: now + 60 };
  const ask = async (who: object) =>
    worker.ask('many', paths.log, { 'cf-access-jwt-assertion': await issuer.sign({ ...claims, ...who }) });
  const logOf = async (sub: string, email: string) =>
    (await readJson<LogMessage>(await ask({ sub, email }))).log;
  const mine = await logOf('you', 'you@example.org');
  assert.equal(await logOf('you', 'new@example.org'), mine);
  assert.notEqual(await logOf('other', 'you@example.org'), mine);
  await assertRefused(await ask({ sub: '', common_name: 'backup.access' }), 'forbidden');
});

test('[SRV-26] strangers and pages of other sites are refused', async () => {
  await assertRefused(await send('GET', paths.log, { headers: { authorization: '' } }), 'unauthorized');
  const headers = { 'sec-fetch-site': 'cross-site' };
  await assertRefused(await send('POST', paths.operations, { headers, body: '' }), 'forbidden');
});

test('[SRV-71] the app is served from the static files, with the headers of every server', async () => {
  assert.equal((await send('GET', '/')).headers.get('location'), '/app/');
  const page = await send('GET', '/app/s/a-space');
  assert.equal(await page.text(), appFiles['index.html']);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const script = await send('GET', '/app/assets/app-1.js');
  assert.equal(await script.text(), appFiles['assets/app-1.js']);
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.match(script.headers.get('cache-control') ?? '', /immutable/);
  const tag = script.headers.get('etag') ?? '';
  assert.equal(
    (await send('GET', '/app/assets/app-1.js', { headers: { 'if-none-match': tag } })).status,
    304,
  );
  await assertRefused(await send('GET', '/app/assets/gone.js'), 'not-found');
});

test('[SRV-130] the log in a Worker: batches, pages, what is missing, and other bytes under an id', async () => {
  const { log, chain } = await readJson<LogMessage>(await send('GET', paths.log));
  assert.equal(chain, bytesToHex(startChain(sha256, log)));
  const batch = envelopeFrames('http', 1_000);
  const last = chainFrames(sha256, startChain(sha256, log), batch).at(-1);
  const append = () => send('POST', `${paths.operations}?log=${log}`, frames(encodeFrames(batch)));
  const appended = await readJson<AppendedMessage>(await append());
  assert.deepEqual([appended.before, appended.head, appended.already.length], [0, 1_000, 0]);
  assert.equal(appended.chain, bytesToHex(last ?? new Uint8Array()));
  const again = await readJson<AppendedMessage>(await append());
  assert.deepEqual([again.head, again.already.length], [1_000, 1_000]);

  const page = await send('GET', `${paths.operations}?after=998&limit=9`);
  assert.equal(page.headers.get(headHeader), '1000');
  const decoded = decodeFrames(new Uint8Array(await page.arrayBuffer()));
  assert.ok(decoded.ok && decoded.frames.length === 2);
  await assertRefused(await send('GET', `${paths.operations}?after=1001`), 'log-diverged');
  const [first] = batch;
  assert.ok(first !== undefined);
  const other = { ...first, body: first.body.map((byte) => byte ^ 1) };
  await assertRefused(
    await send('POST', paths.operations, frames(encodeFrames([other]))),
    'operation-conflict',
  );
  const ids = ['5b0d9a4e-3c1f-4e7a-9d52-8f6b1c2a7e40'];
  assert.deepEqual(await (await send('POST', paths.operationsMissing, json({ ids }))).json(), { ids });
  assert.equal((await send('GET', '/health')).status, 200);
});

test('[SRV-132] a stream tells of what is stored, and the object holds no socket once its reader is gone', async () => {
  const sockets = () => worker.account('account').countSockets();
  const leave = new AbortController();
  const stream = await fetch(worker.address + paths.events, {
    headers: { authorization },
    signal: leave.signal,
  });
  const readHead = createHeadReader(stream);
  const before = await readHead();
  const append = (label: string) =>
    send('POST', paths.operations, frames(encodeFrames([envelopeFrame(label)])));
  await waitFor(async () => (await sockets()) === 1);
  await append('while somebody reads');
  assert.equal(await readHead(), before + 1);
  leave.abort();
  // That nobody reads any more shows when something is written.
  for (let count = 0; (await sockets()) > 0; count += 1) await append(`after the reader left ${count}`);
});

test('[SRV-130] chunks in R2 by way of the Worker: put, again, other bytes, parts, lists', async () => {
  const bytes = utf8ToBytes('a chunk of a file');
  const path = `${paths.chunks}/${nameOf(bytes)}`;
  assert.equal((await send('PUT', path, { body: bytes })).status, 201);
  assert.equal((await send('PUT', path, { body: bytes })).status, 200);
  await assertRefused(await send('PUT', path, { body: 'other bytes' }), 'chunk-mismatch');
  assert.equal(await (await send('GET', path)).text(), 'a chunk of a file');
  assert.equal((await send('HEAD', path)).headers.get('content-length'), String(bytes.length));
  const part = await send('GET', path, { headers: { range: 'bytes=2-6' } });
  assert.deepEqual([part.status, await part.text()], [206, 'chunk']);
  const range = 'bytes=99-';
  await assertRefused(await send('GET', path, { headers: { range } }), 'range-not-satisfiable');
  const names = [nameOf(bytes), nameOf(utf8ToBytes('gone'))];
  const missing = await send('POST', paths.chunksMissing, json({ names }));
  assert.deepEqual(await missing.json(), { names: names.slice(1) });
  const { chunks } = await readJson<ChunkListMessage>(await send('GET', paths.chunks));
  assert.deepEqual(chunks, [{ name: nameOf(bytes), size: bytes.length }]);
  const figures = await (await send('GET', '/metrics')).text();
  assert.match(figures, /^dataans_chunks 1$/m);
  assert.doesNotMatch(figures, /process_resident_memory/);
});

/** Asks until it is so. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}
