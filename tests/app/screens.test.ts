import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  waitForStatus,
  writeEarlier,
  writeNote,
  type AppWorld,
} from './app-world.ts';
import { runAxe } from './run-axe.ts';
import { screens } from './screens.ts';

/** Where pictures of the screens go, to be looked at; nowhere unless told. */
const pictures = process.env['DATAANS_SCREENS'];

const notes = [
  ['Oat milk, coffee filters, two lemons #shopping'],
  ['Паролі від старого роутера у шухляді #дім', 'шухляді'],
  ['Before the trip\n\n- [x] Copy of the lease\n- [ ] Ask about `night train` seats', 'night train'],
  [
    '```sh\n# nightly\nzfs snapshot -r tank@"$(date +%F)" && restic backup /tank/notes --exclude-caches --verbose\n```',
    'zfs',
  ],
  ['| Sort | Sow |\n|---|---:|\n| Black Cherry | 10 March |', 'Black Cherry'],
  ['من جدّ وجد، ومن زرع حصد'],
  ['See https://example.org and ![a map](https://images.example.com/map.png)', 'example.org'],
] as const;

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
  const passphrase = await createAccount(page);
  await look('no space yet');
  await createSpace(page, 'Home server');
  await createSpace(page, 'Everyday');
  await look('empty space');
  for (const [text, shown] of notes) await writeNote(page, text, shown);
  await noteOf(page, 'Oat milk').focus();
  await page.keyboard.press('r');
  await writeNote(page, 'Bought all of it');
  await page.getByRole('button', { name: '1 note links here' }).waitFor();
  await writeEarlier(app, passphrase, {
    space: 'Balcony',
    days: 40,
    notes: ['Fleece from the cellar, two clips are broken', '- [ ] Copper tape\n- [ ] Clips for the fleece'],
  });
  await page.getByRole('link', { name: 'Balcony' }).click();
  await noteOf(page, 'Fleece').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('link', { name: 'Everyday' }).click();
  await noteOf(page, 'Oat milk').waitFor();
  await waitForStatus(page, 'Synced');
  space = page.url();
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
