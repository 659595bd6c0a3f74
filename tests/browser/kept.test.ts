import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EntityId } from '@dataans/core';
import type { Page } from 'playwright-core';
import { startServerHere } from '../world/server-here.ts';
import type { TestServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { homeOf } from './chromium.ts';
import { untilKept } from './kept-witness.ts';
import { openTestPage, type TestPage } from './test-page.ts';

const homeName = 'kept';
const access = { kind: 'none' } as const;
let world: World;
let closeWorld: () => Promise<void>;
let testPage: TestPage;
let page: Page;
let server: TestServer;
let space: EntityId;

before(async () => {
  world = await createWorld({
    after: (cleanUp) => {
      closeWorld = cleanUp;
    },
  });
  testPage = await openTestPage();
  await serve();
  page = await testPage.openTab();
});

after(async () => {
  await testPage?.close();
  await closeWorld?.();
});

test('a home says what it takes of what the browser gives it', async () => {
  await home().account.signIn({
    server: testPage.address,
    access,
    password: 'correct horse',
    passphrase: null,
    device: 'A browser',
  });
  space = (await home().spaces.add({ name: 'Inbox' })).id;
  await home().notes.add({ space, text: 'on the server' });
  await home().sync.run();
  const use = await home().sync.storageUse();
  assert.ok(use.notesBytes > 0 && use.filesBytes >= 0 && (use.quotaBytes ?? 0) > use.notesBytes);
  assert.equal(use.persisted, false);
});

test('[ACC-9] another credential for the account is kept without the password', async () => {
  assert.equal(await home().account.renewAccess({ server: testPage.address, access }), true);
});

test('[BRW-3] a note for which there is no space is refused, and what was written is still there', async () => {
  const devtools = await testPage.browser.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: testPage.address, quotaSize: 0 });
  const large = { space, text: 'x'.repeat(900_000) };
  await assert.rejects(Promise.all(Array.from({ length: 20 }, () => home().notes.add(large))), {
    code: 'storage-full',
  });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: testPage.address });
  const { id } = await home().notes.add({ space, text: 'there is space again' });
  assert.equal((await home().notes.read(id))?.text, 'there is space again');
  assert.ok((await listTexts()).includes('on the server'));
});

test('[BRW-12] notes that the browser cleared are told, with how many had not reached the server', async () => {
  await home().sync.run();
  await server.stop();
  await home().notes.add({ space, text: 'lost' });
  await home().notes.add({ space, text: 'lost too' });
  await untilKept(page, homeName, 2);
  await home().close();
  await page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(name, { recursive: true });
  }, homeName);
  await serve();
  await page.reload();
  const { signedIn } = await home().account.state();
  assert.equal(signedIn, true);
  assert.equal((await home().sync.status()).storageCleared?.unsentNotes, 2);
  await home().sync.run();
  const texts = await listTexts();
  assert.ok(texts.includes('on the server') && !texts.includes('lost'));
  await home().notes.add({ space, text: 'written after that' });
  await home().sync.acknowledge('storage-cleared');
  const status = await home().sync.status();
  assert.deepEqual([status.storageCleared, status.findingCount], [null, 0]);
});

function home() {
  return homeOf(page, homeName);
}

async function serve(): Promise<void> {
  server = await startServerHere(world, { env: { DATAANS_PUBLIC_URL: testPage.address } });
  testPage.forwardTo(server.address);
}

async function listTexts(): Promise<readonly string[]> {
  const { rows } = await home().notes.window({ space });
  return rows.map(({ beginning }) => beginning);
}
