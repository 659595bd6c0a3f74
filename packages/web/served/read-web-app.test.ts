import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { readWebApp } from './read-web-app.ts';

const files = {
  'index.html': '<title>Notes</title>',
  'assets/app-1.js': 'start();',
  'assets/app-1.css': 'p{}',
};

function read(t: TestContext, contents: Readonly<Record<string, string | Uint8Array>>) {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-app-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return readWebApp(folder);
}

const hashOf = (...of: Parameters<typeof read>): string | undefined => read(...of)?.hash;

test('two servers that log one hash serve the same app, and a file that differs in a byte shows', (t) => {
  const hash = hashOf(t, files);
  assert.match(hash ?? '', /^[0-9a-f]{64}$/);
  assert.equal(hashOf(t, Object.fromEntries(Object.entries(files).toReversed())), hash);
  assert.notEqual(hashOf(t, { ...files, 'assets/app-1.js': 'start();;' }), hash);
  assert.notEqual(hashOf(t, { ...files, 'assets/another.js': 'send();' }), hash);
  const { 'assets/app-1.css': style, ...others } = files;
  assert.notEqual(hashOf(t, { ...others, 'assets/app-2.css': style }), hash);
});

test('[SRV-71] a compressed form that holds anything else than the file is not served in its place', (t) => {
  const [same, other] = [files['assets/app-1.js'], 'send();'];
  const name = 'assets/app-1.js';
  const good = { [`${name}.br`]: brotliCompressSync(same), [`${name}.gz`]: gzipSync(same) };
  const bad = { [`${name}.br`]: brotliCompressSync(other), [`${name}.gz`]: 'no gzip' };
  const served = (forms: Readonly<Record<string, string | Uint8Array>>) => {
    const file = read(t, { ...files, ...forms })?.files.get(name);
    return [file?.brotli !== undefined, file?.gzip !== undefined];
  };
  assert.deepEqual(served(good), [true, true]);
  assert.deepEqual(served(bad), [false, false]);
});
