import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readWebApp } from '../../served/read-web-app.ts';
import { hashKeptBuild, type KeptCaches } from './kept-build.ts';

const origin = 'http://127.0.0.1:8000';

/** Caches as a browser has them, as far as they are read: names, and files by their paths. */
function createCaches(kept: Readonly<Record<string, Readonly<Record<string, string>>>>): KeptCaches {
  const open = (name: string): unknown => {
    const files = new Map(Object.entries(kept[name] ?? {}).map(([path, text]) => [origin + path, text]));
    const match = async (request: string | Request): Promise<Response | undefined> => {
      const text = files.get(typeof request === 'string' ? request : request.url);
      return text === undefined ? undefined : new Response(text);
    };
    return { match, keys: async () => Array.from(files.keys(), (url) => new Request(url)) };
  };
  // No other part of a cache is used.
  return { keys: async () => Object.keys(kept), open: async (name) => open(name) as Cache };
}

test('[CLI-15] the app shows the hash that a server and the command line print for the same files', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-app-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'assets'));
  const files = { 'index.html': '<!doctype html>', 'assets/main-1.js': 'main', 'service-worker.js': 'ї' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const caches = createCaches({
    'dataans other': { '/app/': 'another', '/app/assets/main-2.js': 'main' },
    'dataans this': {
      '/app/service-worker.js': 'ї',
      '/app/': '<!doctype html>',
      '/app/assets/main-1.js': 'main',
    },
  });
  const hash = await hashKeptBuild(caches, `${origin}/app/assets/main-1.js`);
  assert.equal(hash, readWebApp(folder)?.hash);
  assert.equal(await hashKeptBuild(caches, `${origin}/app/assets/main-3.js`), null);
});
