import type { Page } from 'playwright-core';
import { password } from './app-world.ts';

/** A screen of the app: what it is called, and how one gets there from a space. */
export interface Screen {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name }).first().click();

/** All that one can see once signed in. */
export const screens: readonly Screen[] = [
  { name: 'space', open: async () => undefined },
  {
    name: 'note menu',
    open: async (page) => {
      await page.getByRole('article').first().locator('.time').click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'edit',
    open: async (page) => {
      await page.getByRole('textbox', { name: 'Write a note' }).press('ArrowUp');
      await page
        .getByRole('textbox', { name: 'Edit the note' })
        .and(page.locator(':not([readonly])'))
        .waitFor();
    },
  },
  {
    name: 'picture',
    open: async (page) => {
      await press(page, 'Open tomatoes.png');
      await page.getByRole('dialog').getByRole('img', { name: 'tomatoes.png' }).waitFor();
    },
  },
  {
    name: 'selection',
    open: async (page) => {
      await page.getByRole('article').first().focus();
      await page.keyboard.press('x');
      await page.getByRole('toolbar', { name: 'Selected notes' }).waitFor();
    },
  },
  { name: 'calendar', open: (page) => press(page, 'Jump to a day') },
  { name: 'edit space', open: (page) => press(page, 'Edit space') },
  {
    name: 'search',
    open: async (page) => {
      await press(page, 'Search in this space');
      await page.getByRole('searchbox', { name: 'Search' }).fill('se');
      await page.getByRole('region', { name: 'Results' }).waitFor();
    },
  },
  {
    name: 'tags',
    open: async (page) => {
      await press(page, 'Search in this space');
      await page.getByRole('link', { name: '#shopping' }).last().waitFor();
    },
  },
  {
    name: 'one tag',
    open: async (page) => {
      await page.getByRole('article').getByRole('link', { name: '#shopping', exact: true }).click();
      await page.getByRole('button', { name: 'Show all notes' }).waitFor();
    },
  },
  {
    name: 'completing a tag',
    open: async (page) => {
      await page.getByRole('textbox', { name: 'Write a note' }).pressSequentially('more #sh');
      await page.getByRole('option', { name: 'shopping' }).waitFor();
    },
  },
  {
    name: 'backlinks',
    open: async (page) => {
      await page.getByRole('textbox', { name: 'Write a note' }).fill('');
      await press(page, '1 note links here');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'nothing found',
    open: async (page) => {
      await press(page, 'Search in this space');
      await page.getByRole('searchbox', { name: 'Search' }).fill('qqqq');
      await page.getByText('Nothing found').waitFor();
    },
  },
  {
    name: 'commands',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'all keys',
    open: async (page) => {
      await page.getByRole('article').first().focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'All keys' }).waitFor();
    },
  },
  {
    name: 'versions',
    open: async (page) => {
      await page.getByRole('article').first().focus();
      await page.keyboard.press('h');
      await page.getByRole('navigation', { name: 'Versions' }).waitFor();
    },
  },
  {
    name: 'earlier days',
    open: async (page) => {
      await openFromSidebar(page, () => follow(page, 'Trash'));
      await press(page, 'Earlier days');
      await page.getByRole('slider', { name: 'Day', disabled: false }).waitFor();
    },
  },
  {
    name: 'an earlier day',
    open: async (page) => {
      await openFromSidebar(page, () => follow(page, 'Balcony'));
      await openEarlierDays(page);
      await page.getByRole('slider', { name: 'Day', disabled: false }).press('Home');
      await page.getByText('deleted since').waitFor();
      await page.getByRole('button', { name: 'Back to now' }).first().waitFor();
    },
  },
  {
    name: 'bring back',
    open: async (page) => {
      await openFromSidebar(page, () => follow(page, 'Balcony'));
      await openEarlierDays(page);
      await page.getByRole('slider', { name: 'Day', disabled: false }).press('Home');
      await press(page, 'Bring the space back');
      await page.getByRole('dialog').getByRole('listitem').waitFor();
    },
  },
  {
    name: 'trash',
    open: async (page) => {
      // Not the last one: it links to another, which the screen of backlinks shows.
      await page.getByRole('article').nth(-2).focus();
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await openFromSidebar(page, () => follow(page, 'Trash'));
      await page.getByRole('button', { name: 'Restore' }).first().waitFor();
    },
  },
  { name: 'sync', open: (page) => openFromSidebar(page, () => follow(page, 'Synced')) },
  { name: 'settings', open: (page) => openFromSidebar(page, () => follow(page, 'Settings')) },
  {
    name: 'passphrase',
    open: async (page) => {
      await openFromSidebar(page, () => follow(page, 'Settings'));
      await press(page, 'Show passphrase');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
      await dialog.getByRole('button', { name: 'Show passphrase' }).click();
      await dialog.getByRole('img').waitFor();
    },
  },
  {
    name: 'erase',
    open: async (page) => {
      await openFromSidebar(page, () => follow(page, 'Settings'));
      await press(page, 'Erase…');
    },
  },
];

/** By the palette, which is the same on every screen. */
async function openEarlierDays(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Earlier');
  await page.keyboard.press('Enter');
}

/** On a narrow screen the spaces are in a drawer. */
async function openFromSidebar(page: Page, then: () => Promise<void>): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Spaces', exact: true });
  if (await drawer.isVisible()) await drawer.click();
  await then();
}
