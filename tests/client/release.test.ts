import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { unpackChunkNames } from '@dataans/core';
import { createNodePlatform } from '@dataans/client/node';
import { createFilesGroup } from '../../packages/client/src/home/create-files.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';
import { attach } from './attach.ts';
import { startInPlaceOf } from './healing-world.ts';
import { signedIn, startServer, sync } from './world.ts';

const filesOf = (home: TestHome) => createFilesGroup(home, createNodePlatform(home));

function fileNamed(home: TestHome, name: string) {
  const file = [...home.store.entities.files()].find(({ value }) => value.name === name);
  assert.ok(file !== undefined);
  return file;
}

/** Names of the chunks on this device's disk. */
async function heldChunks({ directory }: TestHome): Promise<readonly string[]> {
  const names = await readdir(join(directory, 'chunks'), { recursive: true });
  return names.filter((name) => name.length > 60);
}

async function startWithFilm(t: TestContext, bytes: number) {
  const server = await startServer(t);
  const home = await signedIn(t, server.address);
  const content = randomBytes(bytes);
  await attach(home, 'film', content);
  return { server, home, content, film: fileNamed(home, 'film') };
}

test('[FIL-12] what is freed here is on the server alone, and comes back when somebody asks for it', async (t) => {
  const { home, content, film } = await startWithFilm(t, 2_500_000);
  await sync(home);
  await filesOf(home).release(film.id);
  assert.deepEqual(await filesOf(home).state(film.id), { kind: 'elsewhere' });
  assert.deepEqual(await heldChunks(home), []);
  const report = await sync(home);
  assert.deepEqual([report.filesReceived, report.filesMissing, report.problems], [0, 0, []]);
  assert.deepEqual(await heldChunks(home), []);
  await filesOf(home).release(film.id);
  const part = { from: 1_999_990, to: 2_000_010 };
  assert.deepEqual(
    Buffer.from(await filesOf(home).read(film.id, part)),
    content.subarray(part.from, part.to),
  );
  await filesOf(home).fetch(film.id);
  assert.deepEqual(await filesOf(home).state(film.id), { kind: 'here' });
  assert.equal((await heldChunks(home)).length, unpackChunkNames(film.value.chunks)?.length);
});

test('[FIL-12] what the server has not said that it has is never freed', async (t) => {
  const { server, home, film } = await startWithFilm(t, 1_200_000);
  const held = await heldChunks(home);
  const refuse = async (error: object): Promise<void> => {
    await assert.rejects(filesOf(home).release(film.id), error);
    assert.deepEqual(await heldChunks(home), held);
    assert.notEqual((await filesOf(home).state(film.id)).kind, 'elsewhere');
  };
  await refuse({ code: 'not-found', reason: 'not-on-server' }); // Nothing was sent.
  await sync(home);
  const [lost = ''] = held;
  await rm(join(server.dataFolder, 'chunks', lost.slice(0, 2)), { recursive: true });
  await refuse({ code: 'not-found', reason: 'not-on-server' });
  await startInPlaceOf(t, server);
  await refuse({ code: 'integrity' }); // An empty log is another one: the next sync heals it.
  await sync(home);
  await filesOf(home).release(film.id);
  assert.deepEqual(await heldChunks(home), []);
});

test('[FIL-12] what another file or a draft names as well stays, until that is freed too', async (t) => {
  const { home, content, film } = await startWithFilm(t, 5_000);
  await attach(home, 'copy', content);
  await sync(home);
  await home.drafts.attach({ kind: 'space', id: film.id }, { name: 'draft', content });
  await filesOf(home).release(film.id);
  assert.equal((await filesOf(home).state(fileNamed(home, 'copy').id)).kind, 'here');
  assert.equal((await heldChunks(home)).length, 1);
  await filesOf(home).release(fileNamed(home, 'copy').id);
  assert.equal((await heldChunks(home)).length, 1);
  await home.drafts.write({ kind: 'space', id: film.id }, null);
  while ((await heldChunks(home)).length > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('[FIL-12] [HEAL-6] a file that was freed goes to a wiped server, and its content with whoever holds it', async (t) => {
  const { server, home, content, film } = await startWithFilm(t, 5_000);
  await sync(home);
  const other = await signedIn(t, server.address, home);
  await sync(other);
  await filesOf(home).release(film.id);
  await startInPlaceOf(t, server);
  const report = await sync(home);
  assert.deepEqual([report.problems, report.held, report.chunksSent], [[], 0, 0]);
  assert.equal((await sync(other)).chunksSent, 1);
  assert.deepEqual(Buffer.from(await filesOf(home).read(film.id)), content);
});
