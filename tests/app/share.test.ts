import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createAccount, createAppWorld, createSpace, noteOf, type AppWorld } from './app-world.ts';

let app: AppWorld;
let page: Page;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('phone');
  page = await browser.newPage();
  await page.goto(`${app.server.address}/app/`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload(); // From now on it is there for what comes.
});

after(() => app?.close());

/** As the system does it for an installed app: a form that becomes the page. */
function shareHere(text: string): Promise<void> {
  return page.evaluate((shared) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: '/app/share', enctype: 'multipart/form-data' });
    const words = Object.assign(document.createElement('input'), { name: 'text', value: shared });
    const files = Object.assign(document.createElement('input'), { name: 'files', type: 'file' });
    const chosen = new DataTransfer();
    chosen.items.add(new File(['a long list'], 'list.txt', { type: 'text/plain' }));
    files.files = chosen.files;
    form.append(words, files);
    document.body.append(form);
    form.submit();
  }, text);
}

test('[BRW-13] what was shared before anybody signed in waits until there is a space for it', async () => {
  await shareHere('Shared before the account');
  await createAccount(page);
  await createSpace(page, 'Reading');
  const dialog = page.getByRole('dialog', { name: 'Keep this' });
  await dialog.getByText('list.txt').waitFor();
  await dialog.getByRole('button', { name: 'Keep in Reading' }).click();
  await noteOf(page, 'Shared before the account').getByText('list.txt').waitFor();
});

test('[BRW-13] without a network too, and once', async () => {
  await app.server.stop();
  await shareHere('Shared without a network');
  const dialog = page.getByRole('dialog', { name: 'Keep this' });
  await dialog.getByRole('button', { name: 'Keep in Reading' }).click();
  await noteOf(page, 'Shared without a network').waitFor();
  await page.reload();
  await noteOf(page, 'Shared without a network').waitFor();
  await dialog.waitFor({ state: 'detached' });
});

test('the icon’s menu opens the app to write', async () => {
  await page.goto(`${app.server.address}/app/?new`);
  await page
    .locator(':focus')
    .and(page.getByRole('textbox', { name: 'Write a note' }))
    .waitFor();
});
