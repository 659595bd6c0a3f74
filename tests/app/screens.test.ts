import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createAppWorld, type AppWorld } from './app-world.ts';
import { prepareScreens } from './prepare-screens.ts';
import { runAxe } from './run-axe.ts';
import { screens } from './screens.ts';
import { walkByTab } from './walk-by-tab.ts';

/** Where pictures of the screens go, to be looked at; nowhere unless told. */
const pictures = process.env['DATAANS_SCREENS'];

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
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
});

after(() => app?.close());

test('nothing keeps anyone from creating an account', async () => {
  await look('create account');
  space = await prepareScreens(app, page, look);
});

const looks = [
  { name: 'light', size: { width: 1280, height: 860 }, colorScheme: 'light', only: null },
  // Colours and places are the style sheets': a few screens have all of them. Pictures are made of each.
  { name: 'dark', size: { width: 1280, height: 860 }, colorScheme: 'dark', only: ['space', 'settings'] },
  { name: 'phone', size: { width: 360, height: 740 }, colorScheme: 'light', only: ['space', 'settings'] },
] as const;

for (const each of looks)
  for (const screen of screens)
    if (each.only === null || pictures !== undefined || each.only.some((name) => name === screen.name))
      test(`nothing keeps anyone from using it: ${screen.name}, ${each.name}`, async () => {
        await goToSpace(each);
        await screen.open(page);
        await look(`${screen.name} ${each.name}`);
        // Tab goes the same way however it is painted.
        if (each.name === 'light')
          assert.deepEqual(await walkByTab(page), { unseen: [], held: [], unreached: [] });
      });

test('what was opened from a note by a key gives the focus back to it', async () => {
  await goToSpace(looks[0]);
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

async function goToSpace({ size, colorScheme }: (typeof looks)[number]): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.goto(space);
  await page.getByRole('article').first().waitFor();
}

/** What has the focus, by the note that it is in or its name. */
function focused(): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    const note = at?.closest('.note');
    return note?.textContent.trim().slice(0, 40) ?? at?.getAttribute('aria-label') ?? at?.tagName ?? '';
  });
}

async function look(name: string): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  );
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.png`) });
  }
  assert.deepEqual(await runAxe(page), []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${name} is wider than the window by ${overflow} px`);
}
