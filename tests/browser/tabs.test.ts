import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EntityId } from '@dataans/core';
import type { Page } from 'playwright-core';
import { startServerHere } from '../world/server-here.ts';
import { createWorld, type World } from '../world/world.ts';
import { checkHome, homeOf, untilLeader } from './chromium.ts';
import type { PageCalls } from './page/page.ts';
import { openTestPage, type TestPage } from './test-page.ts';

const homeName = 'shared';
let world: World;
let closeWorld: () => Promise<void>;
let testPage: TestPage;
let servers = 0;
let first: Page;
let second: Page;
let space: EntityId;

before(async () => {
  world = await createWorld({
    after: (cleanUp) => {
      closeWorld = cleanUp;
    },
  });
  testPage = await openTestPage();
  await testPage.browser.exposeFunction('replaceServer', replaceServer);
});

after(async () => {
  await testPage?.close();
  await closeWorld?.();
});

test('the home of a second tab does what its contract says', async () => {
  const page = await testPage.openTab();
  // The page has put its calls on the global object.
  const outcomes = await page.evaluate(() => (globalThis as unknown as PageCalls).runHomeContract());
  assert.ok(outcomes.length > 6);
  assert.deepEqual(
    outcomes.filter(({ failure }) => failure !== null),
    [],
  );
  await page.close();
});

test('[BRW-2] a second tab writes and reads through the one that leads', async (t) => {
  await replaceServer();
  first = await openTab('this');
  await signIn(first);
  second = await openTab('other');
  space = (await homeOf(second, homeName).spaces.add({ name: 'Inbox' })).id;
  await add(second, 'from the second tab');
  assert.deepEqual(await listTexts(first), ['from the second tab']);
  assert.equal((await homeOf(second, homeName).account.state()).signedIn, true);
  const [own, other] = [
    await checkHome(first, homeName, 'timeCalls', 200),
    await checkHome(second, homeName, 'timeCalls', 200),
  ];
  t.diagnostic(`a call of the tab that leads: ${String(own)} ms, of another one: ${String(other)} ms`);
});

test('[BRW-9] a note that is written while the leading tab is closed is there once', async () => {
  const adding = Array.from({ length: 20 }, (_, index) => add(second, `note ${index}`));
  await first.close();
  await Promise.all(adding);
  await untilLeader(second, homeName, 'this');
  const texts = await listTexts(second);
  assert.deepEqual(new Set(texts).size, texts.length);
  assert.equal(texts.length, 21);
});

test('[BRW-10] a tab takes over from one whose worker hangs, and that one goes on through it', async () => {
  first = await openTab('other');
  await hang(second);
  const adding = add(first, 'while it hangs');
  await untilLeader(first, homeName, 'asleep');
  await homeOf(first, homeName).tab.useHere();
  await adding;
  await untilLeader(second, homeName, 'other');
  assert.ok((await listTexts(second)).includes('while it hangs'));
});

test('[BRW-11] a tab of a newer program takes over, and the older ones have to be reloaded', async () => {
  const newer = await testPage.openTab();
  await open(newer, 2);
  await untilLeader(newer, homeName, 'this');
  await untilLeader(first, homeName, 'newer');
  await assert.rejects(listTexts(first), { code: 'storage-unusable', message: /newer version/ });
  await Promise.all([first.close(), second.close()]);
  [first, second] = [newer, await testPage.openTab()];
  await open(second, 2);
  await untilLeader(second, homeName, 'other');
});

test('[BRW-7] an erase from a second tab leaves an empty home in every tab, and nothing of the notes', async () => {
  await homeOf(second, homeName).account.signOut({ erase: true });
  for (const page of [first, second]) {
    assert.equal((await homeOf(page, homeName).account.state()).signedIn, false);
    assert.deepEqual(await homeOf(page, homeName).spaces.list(), []);
  }
});

async function replaceServer(): Promise<void> {
  servers += 1;
  const env = { DATAANS_PUBLIC_URL: testPage.address };
  const { address } = await startServerHere(world, { name: `server-${servers}`, env });
  testPage.forwardTo(address);
}

async function openTab(leader: 'this' | 'other'): Promise<Page> {
  const page = await testPage.openTab();
  await open(page, 1);
  await untilLeader(page, homeName, leader);
  return page;
}

async function open(page: Page, version: number): Promise<void> {
  await page.evaluate(
    (program) => (globalThis as unknown as PageCalls).openHome(program.homeName, program.version),
    { homeName, version },
  );
}

async function hang(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as PageCalls).hangWorkers());
}

async function signIn(page: Page): Promise<void> {
  await homeOf(page, homeName).account.signIn({
    server: testPage.address,
    access: { kind: 'none' },
    password: 'correct horse',
    passphrase: null,
    device: 'A browser',
  });
}

async function add(page: Page, text: string): Promise<void> {
  await homeOf(page, homeName).notes.add({ space, text });
}

async function listTexts(page: Page): Promise<readonly string[]> {
  const { rows } = await homeOf(page, homeName).notes.window({ space });
  return rows.map(({ beginning }) => beginning);
}
