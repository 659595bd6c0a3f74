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
