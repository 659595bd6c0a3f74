import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Request } from 'playwright-core';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  openDevice,
  waitForStatus,
  writeEarlier,
  writeNote,
  type AppWorld,
} from './app-world.ts';

let app: AppWorld;
let page: Page;
let passphrase: string;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('profile');
  page = await browser.newPage();
  await page.goto(app.server.address);
  passphrase = await createAccount(page);
  await createSpace(page, 'Garden');
});

after(() => app?.close());

/** Of a note whose text is there. */
function editBox() {
  return page.getByRole('textbox', { name: 'Edit the note' }).and(page.locator(':not([readonly])'));
}

test('[STO-58] [STO-59] a tag shows the notes of the space that have it, and leads to those everywhere', async () => {
  await writeNote(page, 'Sow tomatoes #seeds', 'Sow tomatoes');
  await writeNote(page, 'Water the beans');
  await noteOf(page, 'Sow tomatoes').getByRole('link', { name: '#seeds' }).click();
  await noteOf(page, 'Water the beans').waitFor({ state: 'detached' });
  await noteOf(page, 'Sow tomatoes').waitFor();
  await page.getByRole('link', { name: 'Everywhere' }).click();
  await page.getByRole('region', { name: 'Results' }).getByText('#seeds', { exact: true }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Show all notes' }).click();
  await noteOf(page, 'Water the beans').waitFor();
});

test('a tag is completed by keys while it is typed, and the box keeps the focus', async () => {
  const box = page.getByRole('textbox', { name: 'Write a note' });
  await box.pressSequentially('More #se');
  await page.getByRole('option', { name: 'seeds' }).waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await box.inputValue(), 'More #seeds ');
  await page.keyboard.press('Enter');
  await noteOf(page, 'More').waitFor();

  await box.press('ArrowUp');
  const edit = editBox();
  await edit.pressSequentially(' #');
  await page.getByRole('option', { name: 'seeds' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('option', { name: 'seeds' }).waitFor({ state: 'detached' });
  await edit.press('Escape');
});

test('a note that can’t be kept is shown no more, and its text is back in the box', async () => {
  const tooLong = `Too long\n\n${'ще один рядок, і за ним іде ще один, і ще один\n'.repeat(13_000)}the end`;
  const box = page.getByRole('textbox', { name: 'Write a note' });
  // As a paste does: what types it letter by letter takes minutes for so much.
  await box.evaluate((area, text) => {
    (area as HTMLTextAreaElement).value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, tooLong);
  await box.press('Enter');
  await page.getByText('This note isn’t saved.').waitFor();
  assert.equal(await noteOf(page, 'Too long').count(), 0);
  assert.equal(await box.inputValue(), tooLong);
  await box.evaluate((area) => {
    (area as HTMLTextAreaElement).value = '';
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
});

test('a picture from elsewhere is not fetched before someone asks for it', async () => {
  const asked: string[] = [];
  const listen = (request: Request): void => void asked.push(new URL(request.url()).host);
  page.on('request', listen);
  await writeNote(page, 'Seen ![a map](https://images.example.com/map.png)', 'Seen');
  const chip = noteOf(page, 'Seen').getByRole('link', { name: 'Show' });
  assert.equal(await chip.getAttribute('href'), 'https://images.example.com/map.png');
  await page.reload();
  await noteOf(page, 'Seen').waitFor();
  page.off('request', listen);
  assert.deepEqual([...new Set(asked)], [new URL(app.server.address).host]);
});

test('[LNK-5] a note says what links to it, and leads there', async () => {
  await noteOf(page, 'Water the beans').focus();
  await page.keyboard.press('r');
  await writeNote(page, 'They are tall now');
  await noteOf(page, 'Water the beans').getByRole('button', { name: '1 note links here' }).click();
  await page.getByRole('menu', { name: '1 note links here' }).getByRole('menuitem').click();
  await page.waitForURL(/\/n\//);
  assert.match((await page.locator(':focus').textContent()) ?? '', /They are tall now/);
});

test('[HIS-7] [STO-55] a space is shown as it was on an earlier day, and its notes come back, and go again', async () => {
  await writeEarlier(app, passphrase, {
    space: 'Balcony',
    days: 3,
    notes: ['Clips for the fleece', 'Copper tape'],
  });
  await page.getByRole('link', { name: 'Balcony' }).click();
  const balcony = page.url();
  // Both came from another device, and nobody has seen them.
  const afterLine = page.locator('.unread + article');
  await afterLine.filter({ hasText: 'Clips' }).waitFor();
  assert.equal(await page.locator('.unread').count(), 1);
  await noteOf(page, 'Clips').focus();
  await page.keyboard.press('Delete');
  await noteOf(page, 'Clips').waitFor({ state: 'detached' });
  await noteOf(page, 'Copper').focus();
  await page.keyboard.press('e');
  const edit = page.getByRole('textbox', { name: 'Edit the note' });
  await edit.fill('Copper wire');
  await edit.press('Control+Enter');
  await noteOf(page, 'Copper wire').waitFor();

  await page.getByRole('button', { name: 'Earlier days' }).click();
  const slider = page.getByRole('slider', { name: 'Day', disabled: false });
  await slider.press('Home');
  await noteOf(page, 'Clips').getByText('deleted since').waitFor();
  await noteOf(page, 'Copper tape').getByText('changed since').waitFor();
  assert.match(page.url(), /history\?in=.*&day=/);

  await noteOf(page, 'Clips').getByRole('button', { name: 'Bring this back' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('From the trash: 1 note').waitFor();
  await dialog.getByRole('button', { name: 'Bring back' }).click();
  await noteOf(page, 'Clips').getByText('deleted since').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await noteOf(page, 'Clips').getByText('deleted since').waitFor();

  await page.getByRole('button', { name: 'Choose notes' }).click();
  await noteOf(page, 'Copper tape').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Bring 1 note back' }).click();
  await dialog.getByText('As they were then: 1 note').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Stop selecting' }).click();
  await page.getByRole('button', { name: 'Bring the space back' }).click();
  await dialog.getByText('From the trash: 1 note').waitFor();
  await dialog.getByText('As they were then: 1 note').waitFor();
  await dialog.getByRole('button', { name: 'Bring back' }).click();
  await page.goto(balcony);
  await noteOf(page, 'Copper tape').waitFor();
  await noteOf(page, 'Clips').waitFor();
});

test('before the first day there was nothing, and everything leads to each space then', async () => {
  await page.goto(`${app.server.address}/app/history`);
  const spaces = page.getByRole('list', { name: 'Spaces' });
  await spaces.getByRole('link', { name: 'Garden' }).waitFor();
  await page.getByRole('slider', { name: 'Day', disabled: false }).press('Home');
  await spaces.getByRole('link', { name: 'Garden' }).waitFor({ state: 'detached' });
  await spaces.getByRole('link', { name: 'Balcony' }).click();
  await noteOf(page, 'Copper tape').waitFor();
});

test('a space that was left is shown again before the home has been asked', async () => {
  const link = (name: string) => page.getByRole('navigation', { name: 'Spaces' }).getByRole('link', { name });
  await link('Garden').click();
  await noteOf(page, 'They are tall now').waitFor();
  await link('Balcony').click();
  await noteOf(page, 'They are tall now').waitFor({ state: 'detached' });
  const wasBusy = await link('Garden').evaluate((pressed) => {
    const isBusy = (): string | null | undefined =>
      [...document.querySelectorAll('[role=region][aria-label=Notes]')]
        .find((region) => region.textContent.includes('They are tall now'))
        ?.getAttribute('aria-busy');
    return new Promise<string | null>((resolve) => {
      new MutationObserver(() => {
        const busy = isBusy();
        if (busy !== undefined) resolve(busy);
      }).observe(document.body, { subtree: true, childList: true });
      (pressed as HTMLElement).click();
    });
  });
  assert.equal(wasBusy, 'true');
  await page.locator('[role=region][aria-label=Notes]:not([aria-busy=true])').waitFor();
  assert.equal(await noteOf(page, 'They are tall now').count(), 1);
});

test('[MRG-10] a note that two devices changed at once is marked, and both versions are a press away', async () => {
  await page.getByRole('navigation', { name: 'Spaces' }).getByRole('link', { name: 'Garden' }).click();
  await writeNote(page, 'Plant the garlic');
  await waitForStatus(page, 'Synced');
  const other = await openDevice(app, passphrase, 'Shed');
  await other.sync.run();
  const [hit] = (await other.notes.search({ words: 'garlic' })).hits;
  const note = hit && (await other.notes.read(hit.note.id));
  assert.ok(note);
  await noteOf(page, 'garlic').focus();
  await page.keyboard.press('e');
  const edit = page.getByRole('textbox', { name: 'Edit the note' });
  await edit.fill('Plant the garlic in rows');
  await edit.press('Control+Enter');
  await waitForStatus(page, 'Synced');
  await other.notes.edit(note, { text: 'Plant the garlic in pots' });
  await other.sync.run();
  await other.close();

  await noteOf(page, 'garlic').getByRole('link', { name: 'Merged from two devices: see both' }).click();
  const versions = page.getByRole('navigation', { name: 'Versions' }).getByRole('button');
  await versions.filter({ hasText: 'Now' }).nth(1).waitFor();
  assert.equal(await versions.filter({ hasText: 'Now' }).count(), 2);
});

test('a long note that is shown whole shows what is ticked in it', async () => {
  const long = `Long list\n\n${'many words '.repeat(600)}\n\n- [ ] at the end`;
  await createSpace(page, 'Lists');
  await writeNote(page, long, 'Long list');
  await writeNote(page, 'Short');
  const note = noteOf(page, 'Long list');
  await note.getByRole('button', { name: 'Show all' }).click();
  await note.getByRole('checkbox', { name: 'at the end' }).click();
  await note.getByRole('checkbox', { name: 'at the end', checked: true }).waitFor();
});

test('a note that another device deletes while it is edited can be had back with what was typed', async () => {
  await writeNote(page, 'To be deleted elsewhere');
  await page.getByRole('textbox', { name: 'Write a note' }).press('ArrowUp');
  const edit = editBox();
  await edit.fill('To be deleted elsewhere, with more');
  await waitForStatus(page, 'Synced');
  const other = await openDevice(app, passphrase, 'Other');
  const find = () => other.notes.search({ words: 'deleted elsewhere' });
  // The page may say “Synced” of what was before the note.
  while ((await find()).hits.length === 0) await other.sync.run();
  const { hits } = await find();
  await other.notes.remove(hits.map(({ note }) => note.id));
  await other.sync.run();
  await other.close();
  await page.getByRole('button', { name: 'Restore' }).click();
  assert.equal(await edit.inputValue(), 'To be deleted elsewhere, with more');
  await edit.press('Control+Enter');
  await noteOf(page, 'elsewhere, with more').waitFor();
});

test('a dialog stays while text is selected beyond its edge, makes one space, and takes no date that nobody changed', async () => {
  await page.getByRole('button', { name: 'New space' }).click();
  const name = page.getByRole('textbox', { name: 'Space name' });
  await name.fill('Half a name');
  await name.hover();
  await page.mouse.down();
  await page.mouse.move(5, 300);
  await page.mouse.up();
  assert.equal(await name.inputValue(), 'Half a name');
  await page.mouse.click(5, 300);
  await name.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'New space' }).click();
  await name.fill('Asked for twice');
  await page.getByRole('button', { name: 'Create', exact: true }).dblclick();
  const spaces = page.getByRole('navigation', { name: 'Spaces' });
  await spaces.getByRole('link', { name: 'Asked for twice' }).waitFor();
  await waitForStatus(page, 'Synced');
  assert.equal(await spaces.getByRole('link', { name: 'Asked for twice' }).count(), 1);
  await spaces.getByRole('link', { name: 'Lists' }).click();

  const note = noteOf(page, 'Short');
  await note.press('d');
  await page.getByLabel('Date').and(page.locator(':focus')).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await note.getByLabel('edited').count(), 0);
});
