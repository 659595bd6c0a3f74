import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { runCaptured } from '../../packages/cli/src/testing/run-captured.ts';
import { untilKept } from '../browser/kept-witness.ts';
import { startServer } from '../world/server.ts';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  password,
  waitForStatus,
  writeNote,
  type AppWorld,
} from './app-world.ts';
import { killBrowser } from './kill-browser.ts';

/** What the home of the app is called in the browser. */
const homeName = 'dataans';

let app: AppWorld;
let browser: BrowserContext;
let page: Page;
let space: string;

before(async () => {
  app = await createAppWorld();
  browser = await app.openBrowser('profile');
  page = await browser.newPage();
  await page.goto(app.server.address);
  const passphrase = await createAccount(page);
  await createSpace(page, 'Everyday');
  space = page.url();
  await dataans(['sign-in', app.server.address, '--device', 'Terminal'], { DATAANS_PASSPHRASE: passphrase });
});

after(() => app?.close());

/** Runs the command line on a device of its own. @returns what it printed */
async function dataans(
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const environment = { DATAANS_PASSWORD: password, ...more };
  const { exitCode, stdout, stderr } = await runCaptured(
    ['--home', join(app.world.folder, 'terminal'), ...args],
    { environment },
  );
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

test('the app and the command line have the same notes, and each restores what the other deleted', async () => {
  await writeNote(page, 'Written in the app');
  await waitForStatus(page, 'Synced');
  await dataans(['sync']);
  assert.match(await dataans(['search', 'Written']), /Written in the app/);
  await dataans(['note', 'add', 'Written in the terminal', '--space', 'Everyday']);
  await dataans(['sync']);
  await noteOf(page, 'Written in the terminal').waitFor();

  await noteOf(page, 'Written in the terminal').focus();
  await page.keyboard.press('Delete');
  await noteOf(page, 'Written in the terminal').waitFor({ state: 'detached' });
  await waitForStatus(page, 'Synced');
  await dataans(['sync']);
  const [{ id }] = JSON.parse(await dataans(['trash', 'list', '--json'])) as [{ id: string }];
  await dataans(['note', 'restore', id]);
  await dataans(['sync']);
  await noteOf(page, 'Written in the terminal').waitFor();

  await dataans(['note', 'remove', id]);
  await dataans(['sync']);
  await noteOf(page, 'Written in the terminal').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Trash' }).click();
  await page.getByRole('button', { name: 'Restore' }).first().click();
  await page.getByText('Note restored.').waitFor();
  await page.goto(space);
  await noteOf(page, 'Written in the terminal').waitFor();
  await waitForStatus(page, 'Synced');
  await dataans(['sync']);
  assert.match(await dataans(['search', 'terminal']), /Written in the terminal/);
});

test('[BRW-10] a new tab of notes that a sleeping one keeps says so, and takes them over', async () => {
  await page.reload(); // Which keeps what is shown for the next page.
  await page.locator('[role=region]:not([aria-busy=true])').waitFor();
  const [worker] = page.workers();
  assert.ok(worker);
  // It comes back to nothing that it is asked. Not within the call: a debugger would keep the browser from ending it.
  await worker.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  const fresh = await browser.newPage();
  await fresh.goto(space);
  const banner = fresh.getByRole('status').filter({ hasText: 'another window that doesn’t answer' });
  await banner.waitFor();
  await noteOf(fresh, 'Written in the app').waitFor();
  await fresh.getByRole('textbox', { name: 'Write a note' }).fill('Written while it slept');
  await fresh.keyboard.press('Enter');
  await banner.getByRole('button', { name: 'Use here' }).click();
  await banner.waitFor({ state: 'detached' });
  await noteOf(fresh, 'Written while it slept').and(fresh.locator(':not([aria-busy=true])')).waitFor();
  await page.close();
  page = fresh;
  await writeNote(page, 'Taken over');
});

test('a page shows what it was left with at once, and takes what is typed, before the notes are open', async () => {
  await page.getByRole('textbox', { name: 'Write a note' }).fill('Begun before');
  await page.addInitScript(() => {
    // The home opens when the test says so.
    const held: (() => void)[] = [];
    const { Worker: Started } = globalThis;
    let isHeld = true;
    const hold = (worker: Worker): Worker => {
      const post = worker.postMessage.bind(worker);
      const postMessage = (message: unknown, transfer: Transferable[] = []): void => {
        if (isHeld) held.push(() => post(message, transfer));
        else post(message, transfer);
      };
      return Object.assign(worker, { postMessage });
    };
    const goOn = (): void => {
      isHeld = false;
      for (const post of held) post();
    };
    const construct = (_: unknown, [address, options]: ConstructorParameters<typeof Worker>): Worker =>
      hold(new Started(address, options));
    Object.assign(globalThis, { Worker: new Proxy(Started, { construct }), goOn });
  });
  await page.reload();
  await noteOf(page, 'Taken over').waitFor();
  const box = page.getByRole('textbox', { name: 'Write a note' });
  assert.equal(await box.inputValue(), 'Begun before');
  await box.press('End');
  await box.pressSequentially(', ended after');
  await box.press('Enter');
  await noteOf(page, 'Begun before, ended after').and(page.locator('[aria-busy=true]')).waitFor();
  assert.equal(await page.locator('[role=region][aria-busy=true]').count(), 1);
  await page.evaluate(() => (globalThis as unknown as { goOn(): void }).goOn());
  await noteOf(page, 'Begun before, ended after').and(page.locator(':not([aria-busy=true])')).waitFor();
  await page.locator('[role=region]:not([aria-busy=true])').waitFor();
  assert.equal(await box.inputValue(), '');
  assert.equal(await noteOf(page, 'Begun before').count(), 1);
  await waitForStatus(page, 'Synced');
  await page.close();
  page = await browser.newPage();
  await page.goto(space);
});

test('a browser that is killed while it writes has every note that it had, and goes on', async () => {
  const long = `A long note ${'of many words '.repeat(20_000)}and its end`;
  for (const name of ['first', 'second', 'third']) await writeNote(page, `The ${name} before the end`);
  await page.getByRole('textbox', { name: 'Write a note' }).fill(long);
  await page.keyboard.press('Enter');
  await killBrowser(join(app.world.folder, 'profile'));

  browser = await app.openBrowser('profile');
  page = await browser.newPage();
  await page.goto(space);
  for (const name of ['first', 'second', 'third']) await noteOf(page, `The ${name} before the end`).waitFor();
  await writeNote(page, 'After the end');
  await waitForStatus(page, 'Synced');
  await dataans(['sync']);
  const found = await dataans(['search', 'end', '--json']);
  for (const name of ['first', 'second', 'third']) assert.match(found, new RegExp(`The ${name} before`));
  await dataans(['verify', '--deep']);
});

test('[BRW-12] notes that the browser cleared come back, and those that were lost are counted until someone has read it', async () => {
  await app.server.stop();
  await writeNote(page, 'Only here');
  await waitForStatus(page, 'Offline');
  await untilKept(page, homeName, 1);
  const { port } = new URL(app.server.address);
  const plain = await browser.newPage();
  await page.close();
  page = plain;
  await startServer(app.world, { env: { DATAANS_PORT: port } });
  await page.goto(`${app.server.address}/health`);
  await page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(name, { recursive: true });
  }, homeName);

  await page.goto(space);
  await noteOf(page, 'Written in the app').waitFor();
  const banner = page.getByRole('status').filter({ hasText: 'Your browser has cleared the notes' });
  await banner.filter({ hasText: 'lost here: 1 note' }).waitFor();
  await noteOf(page, 'Only here').waitFor({ state: 'detached' });
  await banner.getByRole('button', { name: 'Understood' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.reload();
  await noteOf(page, 'Written in the app').waitFor();
  assert.equal(await banner.count(), 0);
});
