import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import type { World } from '../world/world.ts';

/** Somebody at the machine on which `dataans` runs, with a real browser. */
export interface Person {
  /** The browser comes to the login page unless somebody is logged in. */
  openPage(address: string): Promise<Page>;
}

/**
 * For the browser, `publicHost` is elsewhere in the internet: it lets pages from there ask little of this
 * machine.
 */
export async function createPerson(world: World, publicHost: string): Promise<Person> {
  const browser = await launchChromium(join(world.folder, 'profile'), [
    `--ip-address-space-overrides=${publicHost}=public`,
  ]);
  world.defer(() => browser.close());
  browser.setDefaultTimeout(0); // The runner knows when a test hangs.
  return {
    openPage: async (address) => {
      const page = await browser.newPage();
      await page.goto(address);
      return page;
    },
  };
}
