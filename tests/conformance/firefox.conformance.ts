import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core';
import { createHome } from '@dataans/client';
import { createNodePlatform } from '@dataans/client/node';
import { buildApp } from '../app/built-app.ts';
import { startServer } from '../world/server.ts';
import { createWorld } from '../world/world.ts';

const password = 'correct horse battery staple';
/** Longer than anything takes on a slow machine. */
const hungAfterMs = 120_000;

test('in Firefox somebody begins, writes in two tabs and offline, and has it all on another device', async (t) => {
  buildApp();
  const world = await createWorld(t);
  const server = await startServer(world);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env['DATAANS_FIREFOX'] ?? '/usr/bin/firefox-esr',
    userDataDir: join(world.folder, 'firefox'),
    timeout: hungAfterMs,
  });
  t.after(() => browser.close());
  const faults: string[] = [];
  const openTab = async (): Promise<Page> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(hungAfterMs);
    page.on('pageerror', (error) => faults.push(String(error)));
    return page;
  };
  const page = await openTab();
  await page.goto(`${server.address}/app/`);
  const passphrase = await createAccount(page);
  await press(page, 'New space');
  await type(page, 'dialog input', 'Everyday');
  await page.keyboard.press('Enter');
  await write(page, 'Written **first**');
  await page.waitForFunction(() => document.querySelector('article strong')?.textContent === 'first');
  await untilStatus(page, 'Synced');

  await page.reload();
  await untilNote(page, 'Written first');
  const second = await openTab();
  await second.goto(page.url());
  await untilNote(second, 'Written first');
  await write(second, 'Written in the second tab');
  await untilNote(page, 'Written in the second tab');

  await server.stop();
  await second.close();
  await page.reload();
  await untilStatus(page, 'Offline');
  await write(page, 'Written offline');
  await untilNote(page, 'Written offline');
  const again = await startServer(world, { env: { DATAANS_PORT: new URL(server.address).port } });
  await untilStatus(page, 'Synced');

  const home = createHome(createNodePlatform({ directory: join(world.folder, 'device') }));
  t.after(() => home.close());
  const access = { kind: 'none' } as const;
  await home.account.signIn({ server: again.address, access, password, passphrase, device: 'Another' });
  await home.sync.run();
  const [space] = await home.spaces.list();
  assert.ok(space !== undefined);
  const { rows } = await home.notes.window({ space: space.id });
  assert.deepEqual(
    rows.map(({ beginning }) => beginning),
    ['Written **first**', 'Written in the second tab', 'Written offline'],
  );
  assert.deepEqual(faults, []);
});

async function createAccount(page: Page): Promise<string> {
  await type(page, 'input[type=password]', password);
  await press(page, 'Create account');
  await page.waitForSelector('li');
  const words = await page.$$eval('li', (items) => items.map((item) => item.textContent));
  await press(page, 'Later');
  return words.join(' ');
}

async function type(page: Page, selector: string, text: string): Promise<void> {
  await page.waitForSelector(selector);
  await page.type(selector, text);
}

async function write(page: Page, text: string): Promise<void> {
  await page.bringToFront();
  await type(page, '.composer textarea', text);
  await page.keyboard.press('Enter');
}

async function press(page: Page, name: string): Promise<void> {
  const button = await page.waitForFunction(
    (words) =>
      [...document.querySelectorAll('button')].find(
        (one) => one.textContent.trim() === words || one.ariaLabel === words,
      ),
    {},
    name,
  );
  await (button as ElementHandle<HTMLButtonElement>).click(); // As it was looked for.
}

async function untilNote(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (words) => [...document.querySelectorAll('article')].some((note) => note.textContent.includes(words)),
    {},
    text,
  );
}

async function untilStatus(page: Page, beginning: string): Promise<void> {
  await page.waitForFunction(
    (words) =>
      document.querySelector('[role=status][aria-label=Sync]')?.textContent.trim().startsWith(words) === true,
    {},
    beginning,
  );
}
