import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { bundlePage } from './bundle.ts';
import { callWorker, launchChromium } from './chromium.ts';
import { startFront, type Front } from './front.ts';
import type { TestOutcome } from './page/registered-tests.ts';

let folder: string;
let front: Front;
let browser: BrowserContext;
let page: Page;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataans-browser-'));
  await bundlePage(join(folder, 'bundle'));
  front = await startFront(join(folder, 'bundle'));
  browser = await launchChromium(join(folder, 'profile'));
  page = await browser.newPage();
  await page.goto(front.address);
});

after(async () => {
  await browser?.close();
  await front?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the browser adapters do what their contracts say', async () => {
  const outcomes = (await callWorker(page, 'contracts', 'runRegisteredTests')) as readonly TestOutcome[];
  assert.deepEqual(
    outcomes.filter(({ failure }) => failure !== null),
    [],
  );
});

test('[BRW-2] a second tab is told that the store is open elsewhere, and the first one loses nothing', async () => {
  const second = await browser.newPage();
  await second.goto(front.address);
  await callWorker(page, 'storage', 'open');
  await callWorker(page, 'storage', 'add', 10);
  await assert.rejects(callWorker(second, 'storage', 'open'), { code: 'busy' });
  await callWorker(page, 'storage', 'add', 10);
  await callWorker(page, 'storage', 'close');
  await callWorker(second, 'storage', 'open');
  assert.equal(await callWorker(second, 'storage', 'count'), 2);
  await callWorker(second, 'storage', 'close');
  await second.close();
});

test('[BRW-3] a browser without space says so, and what was there before is still there', async () => {
  const devtools = await browser.newCDPSession(page);
  await callWorker(page, 'storage', 'open');
  const kept = await callWorker(page, 'storage', 'count');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: front.address, quotaSize: 0 });
  await assert.rejects(callWorker(page, 'storage', 'add', 20_000_000), { code: 'storage-full' });
  await assert.rejects(callWorker(page, 'storage', 'putChunk', 20_000_000), { code: 'storage-full' });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: front.address });
  assert.equal(await callWorker(page, 'storage', 'count'), kept);
  await callWorker(page, 'storage', 'add', 10);
  assert.equal(await callWorker(page, 'storage', 'putChunk', 1_000), true);
  await callWorker(page, 'storage', 'close');
});
