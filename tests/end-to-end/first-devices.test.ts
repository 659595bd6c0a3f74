import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { addAwkwardFiles } from '../world/awkward-files.ts';
import { assertSameFolders } from '../world/compare-folders.ts';
import { unpackCorpus } from '../world/corpus.ts';
import { createDevice, joinAccount, makeAccount } from '../world/device.ts';
import { filesBelow } from '../world/folder-digest.ts';
import { readStatus } from '../world/listings.ts';
import { startServer } from '../world/server.ts';
import { createWorld } from '../world/world.ts';

interface ImportedCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

interface Imported {
  readonly spaces: ImportedCounts;
  readonly notes: ImportedCounts;
  readonly attachments: ImportedCounts;
  readonly skipped: readonly unknown[];
}

test('thousands of notes and awkward files come out of a second device byte for byte', async (t) => {
  const world = await createWorld(t);
  const server = await startServer(world);
  const notes = await unpackCorpus(world);
  await addAwkwardFiles(notes);
  const files = await filesBelow(notes);

  const first = createDevice(world, 'first');
  const passphrase = await makeAccount(first, server.address);
  assert.equal(statSync(join(first.home, 'profile.json')).mode & 0o777, 0o600);
  const imported = (await first.json(['import', notes])) as Imported; // Its numbers are compared below.
  assert.equal(imported.notes.added + imported.attachments.added, files.length);
  assert.deepEqual(imported.skipped, []);

  const again = (await first.json(['import', notes])) as Imported;
  for (const { added, changed } of [again.spaces, again.notes, again.attachments])
    assert.deepEqual({ added, changed }, { added: 0, changed: 0 });
  assert.match((await first.done(['import', notes])).stdout, /^Nothing new\.$/m);

  await first.done(['sync']);
  assert.equal((await readStatus(first)).state, 'synced');

  const second = createDevice(world, 'second');
  await joinAccount(second, server.address, passphrase);
  await second.done(['sync']);
  const out = join(world.folder, 'out', 'notes');
  mkdirSync(dirname(out));
  await second.done(['export', out]);
  await assertSameFolders(world, notes, out);

  // What the second device imports from there is what it has.
  assert.match((await second.done(['import', out])).stdout, /^Nothing new\.$/m);
});

test('the profile of the first device lets the second one in, with the password', async (t) => {
  const world = await createWorld(t);
  const server = await startServer(world);
  const first = createDevice(world, 'first');
  await makeAccount(first, server.address);
  await first.done(['space', 'add', 'Inbox']);
  await first.done(['note', 'add', 'Water the plants']);
  await first.done(['sync']);
  const second = createDevice(world, 'second');
  const profile = join(first.home, 'profile.json');
  await second.done(['sign-in', server.address, '--profile', profile, '--password-stdin'], {
    stdin: 'correct horse battery\n',
  });
  await second.done(['sync']);
  assert.match((await second.done(['note', 'list'])).stdout, /Water the plants/);
});

test('a server that starts again on its data folder goes on where it was', async (t) => {
  const world = await createWorld(t);
  const server = await startServer(world);
  const port = new URL(server.address).port;
  const first = createDevice(world, 'first');
  const passphrase = await makeAccount(first, server.address);
  await first.done(['space', 'add', 'Inbox']);
  await first.done(['sync']);
  await server.stop();
  await first.done(['note', 'add', 'Written while the server was away']);
  const restarted = await startServer(world, { env: { DATAANS_PORT: port } });
  await first.done(['sync']);
  const second = createDevice(world, 'second');
  await joinAccount(second, restarted.address, passphrase);
  await second.done(['sync']);
  assert.match((await second.done(['note', 'list'])).stdout, /Written while the server was away/);
  assert.equal((await restarted.operate('check')).exitCode, 0);
});
