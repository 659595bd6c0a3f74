import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  waitForStatus,
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
});

after(() => app?.close());

const box = () => page.getByRole('textbox', { name: 'Write a note' });
const tray = () => page.locator('.tray .file');

/** As the button does, but for the system's own window. */
async function attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.locator('.composer input[type=file]:not([capture])').setInputFiles(files);
}

/** A picture of one colour, as small as it can be. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('files that wait in the box are there after a reload, without those that were taken off', async () => {
  await box().fill('With a picture');
  await attach(
    { name: 'dot.png', mimeType: 'image/png', buffer: png },
    { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one, two') },
    { name: 'gone.txt', mimeType: 'text/plain', buffer: Buffer.from('none') },
  );
  await tray().filter({ hasText: 'gone.txt' }).filter({ hasText: '4 byte' }).waitFor();
  await page.getByRole('button', { name: 'Remove gone.txt' }).click();
  await page.reload();
  await tray().filter({ hasText: 'list.txt' }).waitFor();
  await tray().locator('img').waitFor();
  assert.equal(await tray().count(), 2);
  assert.equal(await box().inputValue(), 'With a picture');

  await page.getByRole('button', { name: 'Send' }).click();
  const note = noteOf(page, 'With a picture');
  await note.getByRole('button', { name: 'Open dot.png' }).waitFor();
  await note.getByText('list').waitFor();
  await tray().first().waitFor({ state: 'detached' });
  assert.equal(await box().inputValue(), '');
  await page.reload();
  await noteOf(page, 'With a picture').waitFor();
  assert.equal(await tray().count(), 0);
  await waitForStatus(page, 'Synced');
});
