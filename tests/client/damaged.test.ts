import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createNodePlatform } from '@dataans/client/node';
import { createFilesGroup } from '../../packages/client/src/home/create-files.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';
import { attach } from './attach.ts';
import { signedIn, startServer, sync } from './world.ts';

const filesOf = (home: TestHome) => createFilesGroup(home, createNodePlatform(home));

/** Something writes into what this device holds. */
async function damageChunks({ directory }: TestHome): Promise<void> {
  const folder = join(directory, 'chunks');
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((each) => each.length > 60)) await writeFile(join(folder, name), 'torn');
}

test('[FIL-9] a file that was damaged here before it was sent is told as damaged, until it is attached again', async (t) => {
  const { address } = await startServer(t);
  const home = await signedIn(t, address);
  const content = randomBytes(5_000);
  await attach(home, 'photo', content);
  const [photo] = [...home.store.entities.files()];
  assert.ok(photo !== undefined);
  await damageChunks(home);
  assert.equal((await sync(home)).held, 1);
  assert.deepEqual(await filesOf(home).state(photo.id), { kind: 'damaged' });
  await attach(home, 'photo', content);
  assert.equal((await sync(home)).held, 0);
  assert.deepEqual(await filesOf(home).state(photo.id), { kind: 'here' });
});

test('[FIL-9] what is damaged here and whole on the server is read, and fetched anew', async (t) => {
  const { address } = await startServer(t);
  const home = await signedIn(t, address);
  const content = randomBytes(5_000);
  await attach(home, 'photo', content);
  const [photo] = [...home.store.entities.files()];
  assert.ok(photo !== undefined);
  await sync(home);
  await damageChunks(home);
  assert.deepEqual(Buffer.from(await filesOf(home).read(photo.id)), content);
  assert.deepEqual(await filesOf(home).state(photo.id), { kind: 'waiting', to: 'fetch' });
  assert.equal((await sync(home)).filesReceived, 1);
  assert.deepEqual(await filesOf(home).state(photo.id), { kind: 'here' });
});
