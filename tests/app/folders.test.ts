import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openZipSource } from '../../packages/client/src/import/zip-source.ts';
import { assertSameFolders } from '../world/compare-folders.ts';
import { createDevice, type Device } from '../world/device.ts';
import { pseudoRandomBytes } from '../world/pseudo-random.ts';
import { writeBelow } from '../world/write-below.ts';
import { createAccount, createAppWorld, password, waitForStatus, type AppWorld } from './app-world.ts';

const tree: Readonly<Record<string, string | Uint8Array>> = {
  'at the top.md': 'Soup is in [soup](recipes/soup.md).\n',
  'recipes/soup.md': '\uFEFF# Soup\r\n\n![photo](photo.png)\r\n',
  'recipes/photo.png': pseudoRandomBytes(1, 40_000),
  'recipes/порожньо.md': '',
  'travel/2026/spring/plan.md': 'train\n'.repeat(2_000),
  'travel/2026/spring/film.mp4': pseudoRandomBytes(2, 2_400_000),
};
const fileCount = Object.keys(tree).length;

let app: AppWorld;
let page: Page;
let folder: string;
let device: Device;

before(async () => {
  app = await createAppWorld();
  folder = join(app.world.folder, 'corpus');
  for (const [path, content] of Object.entries(tree)) await writeBelow(folder, path, content);
  const browser = await app.openBrowser('profile');
  page = await browser.newPage();
  // Nobody is there to choose a file: the browser is one that only downloads.
  await browser.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(app.server.address);
  const passphrase = await createAccount(page);
  device = createDevice(app.world, 'laptop');
  await device.done(['sign-in', app.server.address, '--passphrase', passphrase], {
    env: { DATAANS_PASSWORD: password },
  });
});

after(() => app?.close());

test('a chosen folder becomes notes, and what was left out is told', async () => {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Choose a folder').last().setInputFiles(folder);
  await readOutcome('New', fileCount);
  await closeReport();
  await waitForStatus(page, 'Synced');
});

for (const [button, format] of [
  ['Markdown', 'markdown'],
  ['JSON', 'json'],
] as const)
  test(`[EXP-10] the archive that the app exports is the folder that the command line exports (${format})`, async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: button, exact: true }).click();
    const download = await downloading;
    const archive = join(app.world.folder, `${format}.zip`);
    await download.saveAs(archive);
    const ofApp = join(app.world.folder, `app-${format}`);
    await unpack(archive, ofApp);
    const ofCommandLine = join(app.world.folder, `cli-${format}`);
    await device.done(['sync']);
    await device.done(['export', ofCommandLine, '--format', format]);
    await assertSameFolders(app.world, ofApp, ofCommandLine);
    if (format === 'markdown') await assertSameFolders(app.world, ofApp, folder);
  });

for (const format of ['markdown', 'json'] as const)
  test(`[IMP-14] an archive that the app exported changes nothing when it is brought in again (${format})`, async () => {
    await page
      .getByLabel('Choose a zip')
      .last()
      .setInputFiles(join(app.world.folder, `${format}.zip`));
    await readOutcome('Here already', fileCount);
    await readOutcome('New', 0);
    await closeReport();
  });

test('[EXP-10] a second tab exports to the file that a person has chosen there', async () => {
  const second = await page.context().newPage();
  await second.goto(`${app.server.address}/app/settings`);
  await second.getByRole('button', { name: 'Markdown' }).waitFor();
  await second.evaluate(() => {
    const choose = async (): Promise<FileSystemFileHandle> => {
      const root = await navigator.storage.getDirectory();
      return root.getFileHandle('chosen.zip', { create: true });
    };
    Object.assign(window, { showSaveFilePicker: choose });
  });
  await second.getByRole('button', { name: 'Markdown' }).click();
  await second.getByText(`Exported ${fileCount} notes.`).waitFor();
  const bytes = await second.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return (await (await root.getFileHandle('chosen.zip')).getFile()).size;
  });
  assert.ok(bytes > 2_400_000);
  await second.close();
});

test('an archive that is none is refused, and says why', async () => {
  await page
    .getByLabel('Choose a zip')
    .last()
    .setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('no archive') });
  await page.getByText('This is not a zip archive').waitFor();
});

async function readOutcome(outcome: string, number: number): Promise<void> {
  const line = page.getByRole('dialog').locator('dl > div').filter({ hasText: outcome });
  await line.getByText(String(number), { exact: true }).waitFor();
}

async function closeReport(): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
}

async function unpack(archive: string, target: string): Promise<void> {
  const source = await openZipSource('any', await openAsBlob(archive));
  for await (const { path, files } of source.folders())
    for (const { name, open } of files) {
      const content = Buffer.concat(await Array.fromAsync((await open()).pieces()));
      await writeBelow(target, path === '' ? name : `${path}/${name}`, content);
    }
}
