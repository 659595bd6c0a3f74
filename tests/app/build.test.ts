import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readWebApp } from '@dataans/web/served';
import { buildApp } from '../../packages/web/build/build-app.ts';
import { repository } from '../world/repository.ts';

test('[CLI-15] the app that is built twice is the same app', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-build-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const web = join(repository, 'packages/web');
  const hashes = [];
  for (const name of ['one', 'a longer name of another folder']) {
    await buildApp(web, join(folder, name));
    hashes.push(readWebApp(join(folder, name))?.hash);
  }
  assert.match(hashes[0] ?? '', /^[0-9a-f]{64}$/);
  assert.equal(hashes[1], hashes[0]);
});
