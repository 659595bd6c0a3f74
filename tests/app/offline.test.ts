import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startServer } from '../world/server.ts';
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
let page: Page;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('profile');
  page = await browser.newPage();
  await page.goto(app.server.address);
  await createAccount(page);
  await createSpace(page, 'Everyday');
  await writeNote(page, 'Written with a server');
  await waitForStatus(page, 'Synced');
  // The page is kept from now on.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
});

after(() => app?.close());

test('without a server the app starts from nothing, and what is written then is sent once it is back', async () => {
  await app.server.stop();
  const space = page.url();
  const fresh = await page.context().newPage();
  await page.close();
  page = fresh;
  await page.goto(space);
  await noteOf(page, 'Written with a server').waitFor();
  await writeNote(page, 'Written without one');
  await waitForStatus(page, 'Offline');

  const { port } = new URL(app.server.address);
  await startServer(app.world, { env: { DATAANS_PORT: port } });
  await page.getByRole('status', { name: 'Sync' }).getByRole('link').click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await waitForStatus(page, 'Synced');
  await page.goto(space);
});

test('a second tab shows the same and goes on when the first one is closed', async () => {
  const second = await page.context().newPage();
  await second.goto(page.url());
  await writeNote(second, 'From the second tab');
  await noteOf(page, 'From the second tab').waitFor();
  await page.close();
  page = second;
  await writeNote(page, 'After the first was closed');
});

test('a deleted note waits in the trash, and each version of a note can be had back', async () => {
  await noteOf(page, 'Written without one').focus();
  await page.keyboard.press('Delete');
  await noteOf(page, 'Written without one').waitFor({ state: 'detached' });
  const space = page.url();
  await page.getByRole('link', { name: 'Trash' }).click();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Written without one' })
    .getByRole('button', { name: 'Restore' })
    .click();
  await page.getByText('Note restored.').waitFor();
  await page.goto(space);
  await noteOf(page, 'Written without one').waitFor();

  await noteOf(page, 'Written without one').focus();
  await page.keyboard.press('e');
  const edit = page.getByRole('textbox', { name: 'Edit the note' });
  await edit.fill('Another text');
  await edit.press('Control+Enter');
  await noteOf(page, 'Another text').focus();
  await page.keyboard.press('h');
  const versions = page.getByRole('navigation', { name: 'Versions' }).getByRole('button');
  await versions.last().click();
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await page.getByText('This version is the note now.').waitFor();
  await page.goto(space);
  await noteOf(page, 'Written without one').waitFor();
});

test('erased, nothing of it is left in the browser', async () => {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Erase…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).waitFor();
  assert.equal(await page.getByText('Another text').count(), 0);
  await page.reload();
  await page.getByRole('textbox', { name: 'Passphrase' }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  assert.doesNotMatch(kept, /Another text|Written/);
});
