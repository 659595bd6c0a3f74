import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildApp } from '../../tests/app/built-app.ts';
import { launchChromium } from '../../tests/browser/chromium.ts';
import { median, percentile, plainRow, type Row } from '../measure.ts';
import { scrollUp, timeToScreen, watchFirstNotes, type FirstNotes } from '../world/app-page.ts';
import { credentials } from '../world/device.ts';
import type { ManyNotes } from '../world/many-notes.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';

const msMax = { open: 450, enter: 30, search: 60, frame: 50, space: 50 };
const rounds = 9;
/** The first ones are slower: the browser has run little of the page by then. */
const switches = 40;
const frames = 300;
/** A first sync of very many notes, on a slow machine. */
const firstSyncMsMax = 300_000;
const indexPollMs = 3_000;
/** Until what had the home open has let go of it. */
const betweenOpeningsMs = 1_000;

/** The last is in the notes that are written here: a word of hexadecimal text may be in none. */
const searched = ['7', '7b', 'round'];

const notes = '[role=region][aria-label=Notes]';

/** The app with very many notes, from the event to the painted frame. */
export async function measureApp(many: ManyNotes): Promise<readonly Row[]> {
  buildApp();
  const server = await startServerUnderTest(many.folder);
  const browser = await launchChromium(join(many.folder, 'profile'), ['--lang=en-GB']);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.address}/app/`);
    await signIn(page);
    await untilIndexed(page, `${server.address}/app`);
    return await measure(page, `${server.address}/app`, many);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Password' }).fill(credentials.password);
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(credentials.passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const synced = page.getByRole('status', { name: 'Sync' }).filter({ hasText: /^Synced/ });
  await synced.waitFor({ timeout: firstSyncMsMax });
}

/** What a first sync brought is read in the background, for longer than one usually waits after it. */
async function untilIndexed(page: Page, app: string): Promise<void> {
  const said = { behind: page.getByText('still being read'), done: page.getByText('Nothing found') };
  for (let isBehind = true; isBehind;) {
    await page.goto(`${app}/search?q=${randomUUID()}`);
    await said.behind.or(said.done).first().waitFor();
    isBehind = await said.behind.isVisible();
    if (isBehind) await page.waitForTimeout(indexPollMs);
  }
}

async function measure(
  page: Page,
  app: string,
  { most, rest, count, restCount }: ManyNotes,
): Promise<readonly Row[]> {
  const label = `of ${count.toLocaleString('en')} notes`;
  const opened = await timeOpenings(page, `${app}/s/${most}`);
  const switched = await timeSwitches(page, [most, rest]);
  const entered = await timeEnters(page);
  const scrolled = await timeScrolling(page, `${app}/s/${rest}`);
  return [
    atMost(
      `the app: opening to the first notes, ${label}`,
      median(opened.map(({ last }) => last)),
      msMax.open,
    ),
    plainRow('the app: the same, to the notes as they are now', median(opened.map(({ told }) => told)), 'ms'),
    atMost('the app: another space', percentile(switched, 0.5), msMax.space),
    plainRow('the app: the same, 95 of 100', percentile(switched, 0.95), 'ms'),
    atMost('the app: Enter to screen', percentile(entered, 0.5), msMax.enter),
    plainRow('the app: the same, 95 of 100', percentile(entered, 0.95), 'ms'),
    ...(await timeSearches(page)),
    atMost(
      `the app: longest frame, scrolling ${restCount.toLocaleString('en')} notes`,
      Math.max(...scrolled),
      msMax.frame,
    ),
    plainRow('the app: 99 of 100 frames', percentile(scrolled, 0.99), 'ms'),
  ];
}

function atMost(name: string, ms: number, most: number): Row {
  return plainRow(name, ms, 'ms', { text: `< ${most} ms`, reached: ms < most });
}

/** As someone who comes back: the worker of pages has the shell, and the home is closed. */
async function timeOpenings(page: Page, address: string): Promise<readonly FirstNotes[]> {
  const untilFirstNotes = await watchFirstNotes(page);
  const times: FirstNotes[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.goto('about:blank');
    await page.waitForTimeout(betweenOpeningsMs);
    await page.goto(address);
    times.push(await untilFirstNotes());
  }
  return times;
}

async function timeSwitches(page: Page, spaces: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < switches; round += 1) {
    const space = spaces[(round + 1) % spaces.length] ?? '';
    const link = page.locator(`nav a[href$="/s/${space}"]`);
    times.push(await timeToScreen(page, 'click', { selector: `${notes} article` }, () => link.click()));
  }
  return times;
}

async function timeEnters(page: Page): Promise<readonly number[]> {
  const box = page.getByRole('textbox', { name: 'Write a note' });
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const text = `Written in round ${round}`;
    await box.fill(text);
    times.push(
      await timeToScreen(page, 'keydown', { selector: `${notes} article`, text }, () => box.press('Enter')),
    );
  }
  return times;
}

async function timeSearches(page: Page): Promise<readonly Row[]> {
  const field = page.getByRole('searchbox', { name: 'Search' });
  const rows: Row[] = [];
  for (const words of searched) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await field.fill('');
      await page.locator('mark').first().waitFor({ state: 'detached' });
      times.push(
        await timeToScreen(page, 'input', { selector: 'mark', text: words }, () => field.fill(words)),
      );
    }
    rows.push(atMost(`the app: search of ${words.length} characters`, percentile(times, 0.5), msMax.search));
  }
  return rows;
}

async function timeScrolling(page: Page, address: string): Promise<readonly number[]> {
  await page.goto(address);
  await page.locator(`${notes}:not([aria-busy=true]) article`).first().waitFor();
  return scrollUp(page, notes, frames);
}
