import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createAppWorld, type AppWorld } from './app-world.ts';
import { prepareScreens } from './prepare-screens.ts';
import { screens } from './screens.ts';
import { walkByTab } from './walk-by-tab.ts';

let app: AppWorld;
let page: Page;
let space: string;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('profile');
  page = await browser.newPage();
  await page.setViewportSize({ width: 1280, height: 860 });
  // What comes into sight slowly is there at once.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(app.server.address);
  space = await prepareScreens(app, page);
});

after(() => app?.close());

for (const screen of screens)
  test(`Tab goes through everything, is seen, and is held nowhere: ${screen.name}`, async () => {
    await page.goto(space);
    await page.getByRole('article').first().waitFor();
    await screen.open(page);
    assert.deepEqual(await walkByTab(page), { unseen: [], held: [], unreached: [] });
  });

/** What has the focus, by the note that it is in or its name. */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    const note = at?.closest('.note');
    return note?.textContent.trim().slice(0, 40) ?? at?.getAttribute('aria-label') ?? at?.tagName ?? '';
  });

test('what was opened from a note by a key gives the focus back to it', async () => {
  await page.goto(space);
  const note = page.getByRole('article').first();
  await note.focus();
  const name = await focused();
  for (const key of ['m', 'd']) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await focused(), name, key);
  }
  await note.getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  assert.equal(await focused(), name);
});

test('what was opened over the page gives the focus back to where it was', async () => {
  for (const [open, name] of [
    ['Edit space', 'Edit space'],
    ['Jump to a day', 'Jump to a day'],
    ['New space', 'New space'],
  ] as const) {
    await page.getByRole('button', { name: open }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await focused(), name);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
  assert.equal(await focused(), 'New space');
});

test('a note that is deleted leaves the focus to the one that takes its place', async () => {
  const notes = page.getByRole('article');
  const next = (await notes.nth(1).textContent())?.trim().slice(0, 40);
  await notes.first().focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  assert.equal(await focused(), next);
});
