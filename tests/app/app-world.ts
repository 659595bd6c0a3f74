import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { createHome, type Home } from '@dataans/client';
import { createNodePlatform } from '@dataans/client/node';
import { createSystemClock } from '../../packages/client/src/node/clock.ts';
import { launchChromium } from '../browser/chromium.ts';
import { startServer, type ServerOptions, type ServerProcess } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { buildApp } from './built-app.ts';

/** The real server with the built app, and browsers with profiles of their own. */
export interface AppWorld {
  readonly world: World;
  readonly server: ServerProcess;
  /** Opens a browser with a profile of this name, new or as it was left. */
  openBrowser(profile: string, flags?: readonly string[]): Promise<BrowserContext>;
  close(): Promise<void>;
}

export const password = 'correct horse battery staple';

export async function createAppWorld(options: Pick<ServerOptions, 'env'> = {}): Promise<AppWorld> {
  buildApp();
  let closeWorld = async (): Promise<void> => undefined;
  const world = await createWorld({
    after: (cleanUp) => {
      closeWorld = cleanUp;
    },
  });
  const server = await startServer(world, options);
  const browsers: BrowserContext[] = [];
  return {
    world,
    server,
    openBrowser: async (profile, more = []) => {
      const browser = await launchChromium(join(world.folder, profile), ['--lang=en-GB', ...more]);
      browsers.push(browser);
      return browser;
    },
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
      await closeWorld();
    },
  };
}

/** Creates the account in this tab. @returns its passphrase */
export async function createAccount(page: Page): Promise<string> {
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  const words = page.getByRole('list').getByRole('listitem');
  await words.first().waitFor();
  const passphrase = (await words.allTextContents()).join(' ');
  await page.getByRole('button', { name: 'Later' }).click();
  return passphrase;
}

export async function signIn(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function createSpace(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New space' }).click();
  await page.getByRole('textbox', { name: 'Space name' }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Spaces' }).getByRole('link', { name }).waitFor();
}

/** A device of the account that is no browser. */
export async function openDevice(
  app: AppWorld,
  passphrase: string,
  device: string,
  clock = createSystemClock(),
): Promise<Home> {
  const home = createHome(createNodePlatform({ directory: join(app.world.folder, device), clock }));
  const access = { kind: 'none' } as const;
  await home.account.signIn({ server: app.server.address, access, password, passphrase, device });
  return home;
}

/** A device whose clock is days behind writes notes into a space of its own, and sends them. */
export async function writeEarlier(
  app: AppWorld,
  passphrase: string,
  {
    space,
    days,
    notes,
  }: { readonly space: string; readonly days: number; readonly notes: readonly string[] },
): Promise<void> {
  const clock = { ...createSystemClock(), now: () => Date.now() - days * 24 * 60 * 60_000 };
  const home = await openDevice(app, passphrase, `Before ${space}`, clock);
  const { id } = await home.spaces.add({ name: space });
  for (const text of notes) await home.notes.add({ space: id, text });
  await home.sync.run();
  await home.close();
}

/** Writes a note and waits until it is recorded. */
export async function writeNote(page: Page, text: string, shown = text): Promise<void> {
  await page.getByRole('textbox', { name: 'Write a note' }).fill(text);
  await page.keyboard.press('Enter');
  await noteOf(page, shown).and(page.locator(':not([aria-busy=true])')).waitFor();
}

export function noteOf(page: Page, text: string) {
  return page.getByRole('region', { name: 'Notes' }).getByRole('article').filter({ hasText: text });
}

/** Waits until the one line about the sync begins with this. */
export async function waitForStatus(page: Page, beginning: string): Promise<void> {
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: new RegExp(`^${beginning}`) })
    .waitFor();
}
