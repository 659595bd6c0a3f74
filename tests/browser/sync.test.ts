import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SyncReport, SyncStatus } from '@dataans/client';
import type { Page } from 'playwright-core';
import { unpackCorpus } from '../world/corpus.ts';
import { createDevice, joinAccount, makeAccount, password, type Device } from '../world/device.ts';
import { digestFolder } from '../world/folder-digest.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import { callWorker } from './chromium.ts';
import { openTestPage, type TestPage } from './test-page.ts';

const homeName = 'dataans';
const leaderWaitMs = 10_000;
const edited = 'смачна нотатка.md';
const attached = Uint8Array.of(0, 1, 2, 253, 254, 255);

let world: World;
let closeWorld: () => Promise<void>;
let testPage: TestPage;
let page: Page;
let server: ServerProcess;
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

  assert.deepEqual(await inHome('open', homeName, 0), { signedIn: false, spaces: 0, notes: 0, files: 0 });
  await assert.rejects(signIn('wrong'), { code: 'wrong-credentials' });
  assert.equal((await inHome<SyncStatus>('status')).state, 'signed-out');
  assert.equal(await signIn(password), 'opened');
  const report = await inHome<SyncReport & { readonly ms: number }>('sync');
  t.diagnostic(`first sync: ${report.received} operations in ${report.ms} ms`);

  assert.deepEqual(await hashNotes(), await digestFolder(notes));
  assert.deepEqual(await inHome('search', 'БУРЯК'), [edited]);
  assert.equal((await inHome<SyncStatus>('status')).state, 'synced');
});

test('the command line sees what the browser wrote and attached', async () => {
  await inHome('edit', edited, '# Борщ\n\nЗмінено в браузері.\n');
  await inHome('attach', edited, 'attached.bin', [...attached]);
  assert.equal((await inHome<SyncReport>('sync')).chunksSent, 1);

  await laptop.done(['sync']);
  const exported = join(world.folder, 'exported');
  await laptop.done(['export', exported]);
  assert.equal((await readExported(exported, edited)).toString(), '# Борщ\n\nЗмінено в браузері.\n');
  assert.deepEqual(new Uint8Array(await readExported(exported, 'attached.bin')), attached);
});

test('both sides of an edit made apart are in the note, here and there', async () => {
  const text = await inHome<string>('readText', edited);
  const merged = `at the start\n\n${text}\nat the end\n`;
  const [found] = (await laptop.json(['search', 'браузері'])) as [{ readonly id: string }]; // One note has it.
  await laptop.done(['note', 'edit', found.id, '-'], { stdin: `${text}\nat the end\n` });
  await laptop.done(['sync']);
  await inHome('edit', edited, `at the start\n\n${text}`);
  assert.equal((await inHome<SyncReport>('sync')).merged, 1);
  await laptop.done(['sync']);
  assert.equal(await inHome('readText', edited), merged);
  assert.equal((await laptop.done(['note', 'show', found.id])).stdout, merged);
});

test('[BRW-5] after a reload data and keys are there without a password', async () => {
  const counts = await inHome<object>('count');
  const text = await inHome('readText', edited);
  await page.reload();
  assert.deepEqual(await inHome('open', homeName, leaderWaitMs), { signedIn: true, ...counts });
  assert.equal(await inHome('readText', edited), text);
  await inHome('edit', edited, 'after the reload\n');
  assert.equal((await inHome<SyncReport>('sync')).sent, 1);
});

test('[BRW-2] a second tab is refused or waits, and has everything once the first one is closed', async () => {
  const counts = await inHome<object>('count');
  const second = await testPage.openTab();
  await assert.rejects(callWorker(second, 'home', 'open', homeName, 0), { code: 'busy' });
  const waiting = callWorker(second, 'home', 'open', homeName, null);
  await page.close();
  page = second;
  assert.deepEqual(await waiting, { signedIn: true, ...counts });
});

test('what is written elsewhere comes by itself while the browser watches', async () => {
  const name = 'прийшло саме.md';
  const watching = inHome('watchFor', name);
  await writeBelow(notes, `їжа/${name}`, 'Сама.\n');
  await laptop.done(['import', notes]);
  await laptop.done(['sync']);
  await watching;
  assert.equal(await inHome('readText', name), 'Сама.\n');
});

test('without a server the browser goes on, and says what is wrong', async () => {
  await server.stop();
  await inHome('edit', edited, 'written while the server was away\n');
  await assert.rejects(inHome('sync'), { code: 'server-unreachable' });
  const status = await inHome<SyncStatus>('status');
  assert.equal(status.pendingOperations, 1);
  assert.equal(status.problem?.code, 'server-unreachable');
  await serveFrom('server');
  assert.equal((await inHome<SyncReport>('sync')).sent, 1);
});

test('a tab that is closed in the middle of a first sync has lost nothing: the next one goes on', async () => {
  const hashes = await hashNotes();
  await inHome('signOut', true);
  await inHome('open', homeName, leaderWaitMs);
  await signIn(password);
  await inHome('syncUntil', 1);
  const next = await testPage.openTab();
  await page.close();
  page = next;
  const { signedIn } = await inHome<{ readonly signedIn: boolean }>('open', homeName, leaderWaitMs);
  assert.equal(signedIn, true);
  await inHome('sync');
  assert.deepEqual(await hashNotes(), hashes);
});

test('[BRW-6] signing in to a server that has lost the account makes it again with the same keys', async () => {
  await inHome('signOut', false);
  await server.stop();
  await serveFrom('replacement');
  await assert.rejects(signIn('wrong'), { code: 'other-account' });
  assert.equal(await signIn(password), 'created');
  const phone = createDevice(world, 'phone');
  await joinAccount(phone, testPage.address, passphrase);
  assert.equal(await inHome('dataKeys'), await readDataKeys(phone));
});

test('[BRW-7] signing out with erase leaves nothing of the home, also after a newer program used its key store', async () => {
  await inHome('upgradeKeyStore', homeName);
  await inHome('signOut', true);
  assert.deepEqual(await inHome('listStorage'), []);
  const empty = { signedIn: false, spaces: 0, notes: 0, files: 0 };
  assert.deepEqual(await inHome('open', homeName, leaderWaitMs), empty);
});

test('[BRW-7] an erase that was cut short is finished when the home is opened next', async () => {
  await signIn(password);
  await inHome('sync');
  await inHome('cutErase', homeName);
  const next = await testPage.openTab();
  await page.close();
  page = next;
  const empty = { signedIn: false, spaces: 0, notes: 0, files: 0 };
  assert.deepEqual(await inHome('open', homeName, leaderWaitMs), empty);
  assert.deepEqual(await inHome('listStorage'), [homeName]);
});

/** Puts a server with the data folder of this name behind the page's origin. */
async function serveFrom(name: string): Promise<void> {
  server = await startServer(world, { name, env: { DATAANS_PUBLIC_URL: testPage.address } });
  testPage.forwardTo(server.address);
}

/** Calls a function of the worker that has the home open. */
function inHome<Result>(name: string, ...parameters: readonly unknown[]): Promise<Result> {
  return callWorker(page, 'home', name, ...parameters) as Promise<Result>; // What that function returns.
}

function signIn(secret: string): Promise<'created' | 'opened'> {
  return inHome('signIn', testPage.address, secret, passphrase);
}

async function hashNotes(): Promise<ReadonlyMap<string, string>> {
  return new Map(await inHome<readonly (readonly [string, string])[]>('hashNotes'));
}

/** The content of the exported file of this name, wherever it is. */
async function readExported(folder: string, name: string): Promise<Buffer> {
  const path = (await readdir(folder, { recursive: true })).find((found) => basename(found) === name);
  assert.ok(path, `${name} was not exported`);
  return readFile(join(folder, path));
}

/** Ids of the data keys that a device got with the account. */
async function readDataKeys({ home }: Device): Promise<string> {
  const { keyring } = JSON.parse(await readFile(join(home, 'credentials.json'), 'utf8')) as {
    readonly keyring: { readonly keys: readonly { readonly id: string }[] }; // As the client writes it.
  };
  return keyring.keys.map(({ id }) => id).join(' ');
}
