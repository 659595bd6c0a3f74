import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  password,
  writeNote,
  type AppWorld,
} from './app-world.ts';

let app: AppWorld;
let laptop: Page;
let passphrase: string;
let link: string;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('laptop');
  await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
  laptop = await browser.newPage();
  await laptop.goto(app.server.address);
  passphrase = await createAccount(laptop);
  await createSpace(laptop, 'Everyday');
  await writeNote(laptop, 'From the laptop');
});

after(() => app?.close());

test('a signed-in device shows its passphrase as a code and a link, after the password', async () => {
  await laptop.getByRole('link', { name: 'Settings' }).click();
  await laptop.getByRole('button', { name: 'Show passphrase' }).click();
  const dialog = laptop.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
  await dialog.getByRole('button', { name: 'Show passphrase' }).click();
  await dialog.getByRole('img', { name: 'QR code of the passphrase' }).waitFor();
  await dialog.getByRole('button', { name: 'Copy as a link' }).click();
  link = await laptop.evaluate(() => navigator.clipboard.readText());
  assert.equal(decodeURIComponent(new URL(link).hash), `#passphrase=${passphrase}`);
});

test('a new device that opens the link needs the password alone, and the words are in no request', async () => {
  const browser = await app.openBrowser('phone');
  const requests = recordRequests(browser);
  const phone = await browser.newPage();
  await phone.goto(link);
  const field = phone.getByRole('textbox', { name: 'Passphrase' });
  await field.waitFor();
  assert.equal(await field.inputValue(), passphrase);
  assert.equal(phone.url(), `${app.server.address}/app/`);
  await phone.getByRole('textbox', { name: 'Password' }).fill(password);
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await noteOf(phone, 'From the laptop').waitFor();
  assert.ok(requests.length > 5);
  const [word = ''] = passphrase.split(' ').toSorted((left, right) => right.length - left.length);
  assert.deepEqual(
    requests.filter((request) => request.includes(word)),
    [],
  );
});

/** Everything that leaves the browser, but for sealed bodies. */
function recordRequests(browser: BrowserContext): readonly string[] {
  const requests: string[] = [];
  browser.on('request', (request) => {
    const { hash, href } = new URL(request.url());
    // What follows the # is the browser's own, and is in what it tells of a request.
    const sent = href.slice(0, href.length - hash.length);
    requests.push([sent, JSON.stringify(request.headers()), request.postData() ?? ''].join('\n'));
  });
  return requests;
}
