import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Note } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { Page } from 'playwright-core';
import { unpackCorpus } from '../world/corpus.ts';
import { createDevice, joinAccount, makeAccount, password, type Device } from '../world/device.ts';
import { digestFolder } from '../world/folder-digest.ts';
import { startServerHere } from '../world/server-here.ts';
import type { TestServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import { checkHome, homeOf } from './chromium.ts';
import type { CheckName } from './page/page.ts';
import { openTestPage, type TestPage } from './test-page.ts';

const homeName = 'dataans';
const edited = 'смачна нотатка.md';
const attached = Uint8Array.of(0, 1, 2, 253, 254, 255);

let world: World;
let closeWorld: () => Promise<void>;
let testPage: TestPage;
let page: Page;
let server: TestServer;
let laptop: Device;
let notes: string;
let passphrase: string;

before(async () => {
  world = await createWorld({
    after: (cleanUp) => {
      closeWorld = cleanUp;
    },
  });
  testPage = await openTestPage();
  await serveFrom('server');
  laptop = createDevice(world, 'laptop');
  notes = await unpackCorpus(world);
  await writeBelow(notes, `їжа/${edited}`, '# Борщ\n\nБуряк, капуста.\n');
  page = await testPage.openTab();
});

after(async () => {
  await testPage?.close();
  await closeWorld?.();
});

test('what the command line imported and sent is in the browser after one sync, byte for byte', async (t) => {
  passphrase = await makeAccount(laptop, testPage.address);
  await laptop.done(['import', notes]);
  await laptop.done(['sync']);

  assert.deepEqual(await home().notes.count(), { spaces: 0, notes: 0, files: 0 });
  await assert.rejects(signIn('wrong'), { code: 'wrong-credentials' });
  assert.equal((await home().sync.status()).state, 'signed-out');
  assert.equal((await signIn(password)).created, false);
  const startedAt = performance.now();
  await home().sync.run();
  t.diagnostic(`first sync: ${Math.round(performance.now() - startedAt)} ms`);

  assert.deepEqual(await hashNotes(), await digestFolder(notes));
  const { hits } = await home().notes.search({ words: 'БУРЯК' });
  assert.deepEqual(
    hits.map(({ note }) => note.name),
    [edited],
  );
  assert.equal((await home().sync.status()).state, 'synced');
});

test('the command line sees what the browser wrote and attached', async () => {
  await edit('# Борщ\n\nЗмінено в браузері.\n');
  await check('attach', edited, 'attached.bin', [...attached]);
  await home().sync.run();

  await laptop.done(['sync']);
  const exported = join(world.folder, 'exported');
  await laptop.done(['export', exported]);
  assert.equal((await readExported(exported, edited)).toString(), '# Борщ\n\nЗмінено в браузері.\n');
  assert.deepEqual(new Uint8Array(await readExported(exported, 'attached.bin')), attached);
});

test('both sides of an edit made apart are in the note, here and there', async () => {
  const { id, heads, text } = await readEdited();
  const merged = `at the start\n\n${text}\nat the end\n`;
  await laptop.done(['note', 'edit', id, '-'], { stdin: `${text}\nat the end\n` });
  await laptop.done(['sync']);
  await home().notes.edit({ id, heads }, { text: `at the start\n\n${text}` }); // What was seen before.
  await home().sync.run();
  await laptop.done(['sync']);
  assert.equal((await readEdited()).text, merged);
  assert.equal((await laptop.done(['note', 'show', id])).stdout, merged);
});

test('[BRW-5] after a reload data and keys are there without a password', async () => {
  const counts = await home().notes.count();
  const { text } = await readEdited();
  await page.reload();
  assert.equal((await home().account.state()).signedIn, true);
  assert.deepEqual(await home().notes.count(), counts);
  assert.equal((await readEdited()).text, text);
  await edit('after the reload\n');
  await home().sync.run();
  assert.equal((await home().sync.status()).pendingOperations, 0);
});

test('what is written elsewhere comes by itself', async () => {
  const name = 'прийшло саме.md';
  const coming = check('untilNote', name);
  await writeBelow(notes, `їжа/${name}`, 'Сама.\n');
  await laptop.done(['import', notes]);
  await laptop.done(['sync']);
  await coming;
  const id = (await check('findNote', name)) as EntityId; // The id of a note.
  assert.equal((await home().notes.read(id))?.text, 'Сама.\n');
});

test('without a server the browser goes on, and says what is wrong', async () => {
  await server.stop();
  await edit('written while the server was away\n');
  await assert.rejects(home().sync.run(), { code: 'server-unreachable' });
  const status = await home().sync.status();
  assert.equal(status.pendingOperations, 1);
  assert.equal(status.problem?.code, 'server-unreachable');
  await serveFrom('server');
  await home().sync.run();
  assert.equal((await home().sync.status()).pendingOperations, 0);
});

test('a tab that is closed in the middle of a first sync has lost nothing: the next one goes on', async () => {
  const hashes = await hashNotes();
  await home().account.signOut({ erase: true });
  await signIn(password);
  await check('syncUntil', 1).catch(() => undefined); // It may have been faster than this was asked.
  const next = await testPage.openTab();
  await page.close();
  page = next;
  assert.equal((await home().account.state()).signedIn, true);
  await home().sync.run();
  assert.deepEqual(await hashNotes(), hashes);
});

test('[BRW-6] signing in to a server that has lost the account makes it again with the same keys', async () => {
  await home().account.signOut();
  await server.stop();
  await serveFrom('replacement');
  await assert.rejects(signIn('wrong'), { code: 'other-account' });
  assert.equal((await signIn(password)).created, true);
  await home().sync.run();
  const phone = createDevice(world, 'phone');
  await joinAccount(phone, testPage.address, passphrase);
  await phone.done(['sync']);
  const { id, text } = await readEdited();
  assert.equal((await phone.done(['note', 'show', id])).stdout, text);
  const { quarantined } = (await phone.json(['status'])) as { readonly quarantined: number };
  assert.equal(quarantined, 0);
});

test('[BRW-7] signing out with erase leaves nothing of the notes, also after a newer program used its key store', async () => {
  await check('upgradeKeyStore', homeName);
  await home().account.signOut({ erase: true });
  assert.equal((await home().account.state()).signedIn, false);
  assert.deepEqual(await home().notes.count(), { spaces: 0, notes: 0, files: 0 });
});

test('[BRW-7] an erase that was cut short is finished when the home is opened next', async () => {
  await signIn(password);
  await home().sync.run();
  await check('cutErase', homeName);
  await page.reload();
  assert.equal((await home().account.state()).signedIn, false);
  assert.deepEqual(await home().notes.count(), { spaces: 0, notes: 0, files: 0 });
  assert.deepEqual(await check('listStorage'), [homeName]);
});

/** Puts a server with the data folder of this name behind the page's origin. */
async function serveFrom(name: string): Promise<void> {
  server = await startServerHere(world, { name, env: { DATAANS_PUBLIC_URL: testPage.address } });
  testPage.forwardTo(server.address);
}

function home() {
  return homeOf(page, homeName);
}

function check(name: CheckName, ...parameters: readonly unknown[]): Promise<unknown> {
  return checkHome(page, homeName, name, ...parameters);
}

function signIn(secret: string) {
  const access = { kind: 'none' } as const;
  const question = { server: testPage.address, access, password: secret };
  return home().account.signIn({ ...question, passphrase, device: 'A browser' });
}

async function readEdited(): Promise<Note> {
  const note = await home().notes.read((await check('findNote', edited)) as EntityId); // The id of a note.
  assert.ok(note);
  return note;
}

async function edit(text: string): Promise<void> {
  await home().notes.edit(await readEdited(), { text });
}

async function hashNotes(): Promise<ReadonlyMap<string, string>> {
  return new Map((await check('hashNotes')) as readonly (readonly [string, string])[]); // What that check gives.
}

/** The content of the exported file of this name, wherever it is. */
async function readExported(folder: string, name: string): Promise<Buffer> {
  const path = (await readdir(folder, { recursive: true })).find((found) => basename(found) === name);
  assert.ok(path, `${name} was not exported`);
  return readFile(join(folder, path));
}
