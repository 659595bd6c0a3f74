import type { Page } from 'playwright-core';

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
      await page.getByRole('textbox', { name: 'Edit the note' }).waitFor();
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
    name: 'versions',
    open: async (page) => {
      await page.getByRole('article').first().focus();
      await page.keyboard.press('h');
      await page.getByRole('navigation', { name: 'Versions' }).waitFor();
    },
  },
  {
    name: 'trash',
    open: async (page) => {
      await page.getByRole('article').last().focus();
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await openFromSidebar(page, () => follow(page, 'Trash'));
      await page.getByRole('button', { name: 'Restore' }).first().waitFor();
    },
  },
  { name: 'sync', open: (page) => openFromSidebar(page, () => follow(page, 'Synced')) },
  { name: 'settings', open: (page) => openFromSidebar(page, () => follow(page, 'Settings')) },
  {
    name: 'erase',
    open: async (page) => {
      await openFromSidebar(page, () => follow(page, 'Settings'));
      await press(page, 'Erase…');
    },
  },
];

/** On a narrow screen the spaces are in a drawer. */
async function openFromSidebar(page: Page, then: () => Promise<void>): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Spaces', exact: true });
  if (await drawer.isVisible()) await drawer.click();
  await then();
}
