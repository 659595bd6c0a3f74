import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { answerApp, readWebApp } from '@dataans/web/served';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { assertRefused, createTestApp } from '../testing/test-app.ts';

const page = '<!doctype html><title>Dataans</title>';
const script = 'assets/main-1a2b.js';

async function createAppServer(t: TestContext, publicUrl: URL | null = null) {
  const folder = await temporaryFolder(t);
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'service-worker.js'), 'worker');
  writeFileSync(join(folder, 'signed-in.html'), 'done');
  writeFileSync(join(folder, script), 'plain');
  writeFileSync(join(folder, `${script}.br`), brotliCompressSync('plain'));
  writeFileSync(join(folder, `${script}.gz`), gzipSync('plain'));
  const app = readWebApp(folder);
  return createTestApp({ webApp: app && ((request) => answerApp(app, request)), publicUrl });
}

function expand(encoding: string | null, bytes: Uint8Array): Uint8Array {
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : Buffer.from(bytes);
}

test('[SRV-71] every address below /app/ is the one page, and / leads there', async (t) => {
  const { send } = await createAppServer(t);
  for (const path of ['/app/', '/app/s/0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d', '/app/search?q=a.b']) {
    const answer = await send('GET', path);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8', path);
    assert.equal(await answer.text(), page);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
  }
  assert.equal((await send('GET', '/')).headers.get('location'), '/app/');
  assert.equal((await send('GET', '/app')).headers.get('location'), '/app/');
});

test('[SRV-71] a file comes in the smallest form that the browser takes, and is kept for good if its name says its content', async (t) => {
  const { send } = await createAppServer(t);
  const ask = async (encodings: string) => {
    const answer = await send('GET', `/app/${script}`, { headers: { 'accept-encoding': encodings } });
    const encoding = answer.headers.get('content-encoding');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return [encoding, String(expand(encoding, bytes))];
  };
  assert.deepEqual(await ask('gzip, deflate, br, zstd'), ['br', 'plain']);
  assert.deepEqual(await ask('gzip'), ['gzip', 'plain']);
  assert.deepEqual(await ask('br;q=0, gzip;q=0.5'), ['gzip', 'plain']);
  assert.deepEqual(await ask('identity'), [null, 'plain']);
  const { headers } = await send('GET', `/app/${script}`);
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(headers.get('vary'), 'accept-encoding');
  const worker = await send('GET', '/app/service-worker.js');
  assert.equal(worker.headers.get('cache-control'), 'no-cache');
  const tag = worker.headers.get('etag') ?? '';
  assert.equal(
    (await send('GET', '/app/service-worker.js', { headers: { 'if-none-match': tag } })).status,
    304,
  );
});

test('[SRV-71] what is no file of the app is not found, nor is anything outside its folder', async (t) => {
  const { send } = await createAppServer(t);
  for (const path of [
    '/app/none.js',
    '/app/file/0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d',
    '/app/file/index.html',
    '/app/..%2f..%2fetc/passwd.txt',
    `/app/${script}.br`,
  ])
    await assertRefused(await send('GET', path), 'not-found');
  await assertRefused(await createTestApp().send('GET', '/app/'), 'not-found');
  assert.equal((await createTestApp().send('GET', '/')).status, 200);
});

test('[SRV-72] the app runs nothing but its own files, and nobody frames it', async (t) => {
  const { send } = await createAppServer(t, new URL('https://notes.example.org'));
  for (const path of ['/app/', `/app/${script}`]) {
    const { headers } = await send('GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ])
      assert.ok(policy.split('; ').includes(part), part);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*|https:/);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('strict-transport-security'), 'max-age=31536000');
  }
});

test('[SRV-72] no other site keeps hold of the window of the app, and a login that the app opens can close its own', async (t) => {
  const { send } = await createAppServer(t);
  const policyOf = async (path: string) =>
    (await send('GET', path)).headers.get('cross-origin-opener-policy');
  assert.equal(await policyOf('/app/'), 'same-origin-allow-popups');
  assert.equal(await policyOf('/app/s/x'), 'same-origin-allow-popups');
  assert.equal(await policyOf('/app/signed-in.html?sign-in'), 'unsafe-none');
});
