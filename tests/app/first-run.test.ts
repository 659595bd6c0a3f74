import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  signIn,
  waitForStatus,
  writeNote,
  type AppWorld,
} from './app-world.ts';

let app: AppWorld;
let laptop: Page;
let phone: Page;
let passphrase: string;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('laptop');
  laptop = await browser.newPage();
});

after(() => app?.close());

test('someone who comes for the first time creates an account, a space and a note', async () => {
  await laptop.goto(app.server.address);
  passphrase = await createAccount(laptop);
  assert.match(passphrase, /^[a-z]+( [a-z]+){6}$/);
  await createSpace(laptop, 'Everyday');
  await writeNote(laptop, 'Oat milk, coffee filters');
  await waitForStatus(laptop, 'Synced');
});

test('a second browser signs in and has the notes, and changes go both ways without a reload', async () => {
  const browser = await app.openBrowser('phone');
  phone = await browser.newPage();
  await phone.goto(`${app.server.address}/app/`);
  await signIn(phone, 'wrong words');
  await phone.getByRole('alert').filter({ hasText: 'Wrong password or passphrase' }).waitFor();
  await signIn(phone, passphrase);
  await noteOf(phone, 'Oat milk').waitFor();

  await writeNote(phone, 'Written on the phone');
  await noteOf(laptop, 'Written on the phone').waitFor();
  await writeNote(laptop, 'Written on the laptop');
  await noteOf(phone, 'Written on the laptop').waitFor();
});

test('a note is edited in place, ticked, deleted, and comes back', async () => {
  await writeNote(laptop, '- [ ] lease', 'lease');
  await noteOf(laptop, 'lease').getByRole('checkbox', { name: 'lease' }).check();
  await noteOf(phone, 'lease').getByRole('checkbox', { name: 'lease', checked: true }).waitFor();

  await laptop.getByRole('textbox', { name: 'Write a note' }).press('ArrowUp');
  const edit = laptop.getByRole('textbox', { name: 'Edit the note' });
  await edit.fill('- [x] lease of the flat');
  await edit.press('Control+Enter');
  await noteOf(phone, 'lease of the flat').waitFor();

  await noteOf(laptop, 'lease').focus();
  await laptop.keyboard.press('Delete');
  await noteOf(phone, 'lease').waitFor({ state: 'detached' });
  await laptop.getByRole('button', { name: 'Undo' }).click();
  await noteOf(phone, 'lease of the flat').waitFor();
});

test('what was typed and not sent is there after a reload, and the place is the same', async () => {
  await laptop.getByRole('textbox', { name: 'Write a note' }).fill('half a thou');
  await laptop.reload();
  await noteOf(laptop, 'Oat milk').waitFor();
  assert.equal(await laptop.getByRole('textbox', { name: 'Write a note' }).inputValue(), 'half a thou');
  await laptop.getByRole('textbox', { name: 'Write a note' }).fill('');
});

test('search finds parts of words while one types, Enter goes there and Escape comes back', async () => {
  await laptop.getByRole('searchbox', { name: 'Search' }).fill('filt');
  await laptop.getByRole('region', { name: 'Results' }).getByText('filt', { exact: true }).waitFor();
  await laptop.keyboard.press('Escape');
  await noteOf(laptop, 'Oat milk').waitFor();
});

test('signed out, nothing is shown any more; signed in again, everything is', async () => {
  await phone.getByRole('link', { name: 'Settings' }).click();
  await phone.getByRole('button', { name: 'Sign out' }).click();
  await phone.getByRole('textbox', { name: 'Passphrase' }).waitFor();
  assert.equal(await phone.getByText('Oat milk').count(), 0);
  await phone.goto(`${app.server.address}/app/`);
  await signIn(phone, passphrase);
  await noteOf(phone, 'Oat milk').waitFor();
});
