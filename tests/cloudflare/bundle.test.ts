import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bundlePortable } from '../../scripts/release/bundle-portable.ts';
import { root } from '../../scripts/release/programs.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';

async function bundle(t: TestContext, entry: string): Promise<string> {
  const folder = await temporaryFolder(t);
  await bundlePortable(join(root, entry), folder);
  return readFile(join(folder, 'worker.js'), 'utf8');
}

function importsOf(source: string): readonly string[] {
  const names = [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name);
  return [...new Set(names)].map(String).toSorted();
}

test('the portable part of a server needs nothing of Node but hashes and the reading of addresses', async (t) => {
  const source = await bundle(t, 'packages/server/src/portable.ts');
  assert.deepEqual(importsOf(source), ['node:crypto', 'node:net']);
});

test('the Worker is less than 100 KB, compressed, and needs nothing more but what Cloudflare has', async (t) => {
  const source = await bundle(t, 'packages/server/src/worker/worker.ts');
  assert.deepEqual(importsOf(source), ['cloudflare:workers', 'node:crypto', 'node:net']);
  const { length } = gzipSync(source);
  t.diagnostic(`${length} bytes, compressed`);
  assert.ok(length < 100_000);
});
