import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createAppWorld, type AppWorld } from './app-world.ts';
import { prepareScreens } from './prepare-screens.ts';
import { runAxe } from './run-axe.ts';
import { screens } from './screens.ts';

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

for (const { name: look_, size, colorScheme, only } of looks)
  for (const screen of screens)
    if (only === null || pictures !== undefined || only.some((name) => name === screen.name))
      test(`nothing keeps anyone from using it: ${screen.name}, ${look_}`, async () => {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await page.goto(space);
        await page.getByRole('article').first().waitFor();
        await screen.open(page);
        await look(`${screen.name} ${look_}`);
      });

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
