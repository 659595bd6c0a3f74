import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { repository } from '../world/repository.ts';
import { startAppFront, type AppFront } from './app-front.ts';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  waitForStatus,
  writeNote,
  type AppWorld,
} from './app-world.ts';

let app: AppWorld;
let front: AppFront;
let browser: BrowserContext;
let page: Page;
let space: string;

before(async () => {
  front = await startAppFront();
  app = await createAppWorld({ env: { DATAANS_PUBLIC_URL: front.address } });
  front.forwardTo(app.server.address);
  browser = await app.openBrowser('profile');
  page = await browser.newPage();
  await page.goto(front.address);
  await createAccount(page);
  await createSpace(page, 'Everyday');
  await writeNote(page, 'Before anything went wrong');
  await waitForStatus(page, 'Synced');
  space = page.url();
  // The page is kept from now on.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await noteOf(page, 'Before anything').waitFor();
});

after(async () => {
  await app?.close();
  await front?.close();
});

/** Opens the space in a new tab, as someone who comes back, and closes the former one. */
async function comeBack(): Promise<void> {
  const fresh = await browser.newPage();
  await page.close();
  page = fresh;
  await page.goto(space);
  await noteOf(page, 'Before anything').waitFor();
}

test('a server that hangs keeps nobody from their notes', async () => {
  front.be('hanging');
  await comeBack();
  await writeNote(page, 'While it hung');
  front.be('open');
  await waitForStatus(page, 'Synced');
});

for (const mood of ['behind a login', 'refusing'] as const)
  test(`a sign-in that is asked for again (${mood}) is a banner, and loses nothing`, async () => {
    front.be(mood);
    await comeBack();
    const banner = page.getByRole('status').filter({ hasText: 'Please sign in again' });
    await banner.waitFor();
    await writeNote(page, `Written ${mood}`);
    await banner.filter({ hasText: /1 change/ }).waitFor();
    await waitForStatus(page, 'Signed out');
    await page.getByRole('textbox', { name: 'Write a note' }).fill('half a thought');
    if (mood === 'refusing') front.be('open'); // What it asks for is not in its answer.
    const opening = page.waitForEvent('popup');
    await banner.getByRole('button', { name: 'Sign in again' }).click();
    const login = await opening;
    const closing = login.waitForEvent('close');
    if (mood === 'behind a login') await login.getByRole('link', { name: 'Log in' }).click();
    await closing;
    await waitForStatus(page, 'Synced');
    await banner.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('textbox', { name: 'Write a note' }).inputValue(), 'half a thought');
    await noteOf(page, `Written ${mood}`).waitFor();
    await page.getByRole('textbox', { name: 'Write a note' }).fill('');
  });

test('a new version asks in both tabs; the one that waits can still show what it has not shown yet', async () => {
  front.be('open');
  const other = await browser.newPage();
  await other.goto(space);
  await other.getByRole('textbox', { name: 'Write a note' }).fill('not sent yet');
  const settings = readdirSync(join(repository, 'packages/web/dist/assets')).find((name) =>
    /^settings-page.*\.js$/.test(name),
  );
  assert.ok(settings);
  front.release({ renamed: { from: settings, to: settings.replace('settings-page', 'settings-again') } });
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration('/app/'))?.update();
  });
  const asks = (tab: Page) => tab.getByRole('status').filter({ hasText: 'A new version is here' });
  await asks(page).waitFor();
  await asks(other).waitFor();
  const reloaded = page.waitForEvent('framenavigated');
  await asks(page).getByRole('button', { name: 'Use it now' }).click();
  await reloaded;
  await noteOf(page, 'Before anything').waitFor();

  assert.equal(await other.getByRole('textbox', { name: 'Write a note' }).inputValue(), 'not sent yet');
  await other.getByRole('link', { name: 'Settings' }).click();
  await other.getByRole('textbox', { name: 'Device name' }).waitFor();
  await other.goBack();
  await asks(other).getByRole('button', { name: 'Use it now' }).click();
  await noteOf(other, 'Before anything').waitFor();
  assert.equal(await other.getByRole('textbox', { name: 'Write a note' }).inputValue(), 'not sent yet');
  await other.close();
});
