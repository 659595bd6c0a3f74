import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { bundlePage } from './bundle.ts';
import { launchChromium } from './chromium.ts';
import { startFront } from './front.ts';

/** A browser with a profile of its own, and the bundled page to open in it. */
export interface TestPage {
  readonly browser: BrowserContext;
  /** The origin of the page. */
  readonly address: string;
  /** Which server answers below `/v1/` from now on. */
  forwardTo(server: string): void;
  openTab(): Promise<Page>;
  close(): Promise<void>;
}

export async function openTestPage(): Promise<TestPage> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-browser-'));
  await bundlePage(join(folder, 'bundle'));
  const front = await startFront(join(folder, 'bundle'));
  const browser = await launchChromium(join(folder, 'profile'));
  return {
    browser,
    address: front.address,
    forwardTo: front.forwardTo,
    openTab: async () => {
      const page = await browser.newPage();
      await page.goto(front.address);
      return page;
    },
    close: async () => {
      await browser.close();
      await front.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
