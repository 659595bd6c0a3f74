import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
  createAccount,
  createAppWorld,
  createSpace,
  noteOf,
  signIn,
  waitForStatus,
  type AppWorld,
} from './app-world.ts';
import { makePicture, makeRecording, writeLargeFile } from './made-files.ts';

/** It beeps. */
const microphone = ['--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

let app: AppWorld;
let page: Page;
let phone: Page;
let passphrase: string;

before(async () => {
  app = await createAppWorld();
  const browser = await app.openBrowser('profile', [...microphone, '--deny-permission-prompts']);
  page = await browser.newPage();
  await page.goto(app.server.address);
  passphrase = await createAccount(page);
  await createSpace(page, 'Everyday');
});

after(() => app?.close());

const box = () => page.getByRole('textbox', { name: 'Write a note' });
const tray = () => page.locator('.tray .file');

/** As the button does, but for the system's own window. */
const chooser = () => page.locator('.composer input[type=file]:not([capture])');

async function attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await chooser().setInputFiles(files);
}

const png = makePicture(120, 80);
const anotherPng = makePicture(300, 200);

test('files that wait in the box are there after a reload, without those that were taken off', async () => {
  await box().fill('With a picture');
  await attach(
    { name: 'dot.png', mimeType: 'image/png', buffer: png },
    { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one, two') },
    { name: 'gone.txt', mimeType: 'text/plain', buffer: Buffer.from('none') },
  );
  await tray().filter({ hasText: 'gone.txt' }).filter({ hasText: '4 byte' }).waitFor();
  await page.getByRole('button', { name: 'Remove gone.txt' }).click();
  await tray().filter({ hasText: 'gone.txt' }).waitFor({ state: 'detached' });
  await page.reload();
  await tray().filter({ hasText: 'list.txt' }).waitFor();
  await tray().locator('img').waitFor();
  assert.equal(await tray().count(), 2);
  assert.equal(await box().inputValue(), 'With a picture');

  await page.getByRole('button', { name: 'Send' }).click();
  const note = noteOf(page, 'With a picture');
  await note.getByRole('button', { name: 'Open dot.png' }).waitFor();
  await note.getByText('list').waitFor();
  await tray().first().waitFor({ state: 'detached' });
  assert.equal(await box().inputValue(), '');
  await page.reload();
  await noteOf(page, 'With a picture').waitFor();
  assert.equal(await tray().count(), 0);
  await waitForStatus(page, 'Synced');
});

test('a recording on the server plays at its end without most of what comes before', async (t) => {
  await box().fill('A long talk');
  const path = join(app.world.folder, 'talk.wav');
  writeFileSync(path, makeRecording(1_000));
  await chooser().setInputFiles(path);
  await page.getByRole('button', { name: 'Send' }).click();
  await noteOf(page, 'A long talk').waitFor();

  phone = await (await app.openBrowser('phone', [...microphone, '--use-fake-ui-for-media-stream'])).newPage();
  await phone.goto(`${app.server.address}/app/`);
  await signIn(phone, passphrase);
  const talk = noteOf(phone, 'A long talk').locator('.file');
  await talk.getByText('Only on the server').waitFor();
  let fetched = 0;
  phone.on('request', (request) => {
    if (request.method() === 'GET' && request.url().includes('/v1/chunks/')) fetched += 1;
  });
  await talk.getByRole('button', { name: 'Play: talk.wav' }).click();
  const position = talk.getByRole('slider', { name: 'Position: talk.wav' });
  await talk.getByText('/ 16:40').waitFor();
  // At the very end it would stop, and not go on.
  await position.fill('970');
  await phone.waitForFunction(() => {
    const audio = document.querySelector('audio');
    return audio !== null && !audio.seeking && audio.readyState >= 2 && audio.currentTime > 960;
  });
  t.diagnostic(`${fetched} of 9 pieces`);
  assert.ok(fetched > 0 && fetched <= 5, `${fetched} of 9 pieces were fetched`);
  await talk.getByRole('button', { name: 'Pause: talk.wav' }).click();
  await talk.getByRole('button', { name: 'Play: talk.wav' }).waitFor();
});

test('a file is brought here and freed again, and what comes on its own is chosen', async () => {
  const talk = noteOf(phone, 'A long talk').locator('.file');
  await talk.getByRole('button', { name: 'Get it onto this device: talk.wav' }).click();
  await talk.getByRole('button', { name: 'Download: talk.wav' }).waitFor();
  await talk.getByRole('button', { name: 'More: talk.wav' }).click();
  await phone.getByRole('menuitem', { name: 'Free up space here' }).click();
  await talk.getByRole('button', { name: 'Get it onto this device: talk.wav' }).waitFor();

  const space = phone.url();
  await phone.getByRole('link', { name: 'Settings' }).click();
  const policy = phone.getByRole('radiogroup', { name: 'Files on this device' });
  await policy.getByRole('radio', { name: 'Small pictures', checked: true }).waitFor();
  await policy.getByRole('radio', { name: 'None' }).check();
  await phone.goto(space);
  await box().fill('A later picture');
  await attach(
    { name: 'later.png', mimeType: 'image/png', buffer: anotherPng },
    { name: 'last.png', mimeType: 'image/png', buffer: png },
  );
  await page.getByRole('button', { name: 'Send' }).click();
  const picture = noteOf(phone, 'A later picture').getByRole('button', { name: 'Open later.png' });
  const absent = picture.filter({ hasText: 'kB' });
  await absent.waitFor();
  const room = await picture.boundingBox();
  await absent.click();
  const viewer = phone.getByRole('dialog', { name: 'Picture: later.png' });
  await viewer.getByRole('img', { name: 'later.png' }).waitFor();
  assert.deepEqual(
    await picture.locator('img').evaluate((img) => [img.getAttribute('width'), img.getAttribute('height')]),
    ['300', '200'],
  );
  await phone.keyboard.press('ArrowRight');
  await phone.getByRole('dialog', { name: 'Picture: last.png' }).getByRole('img').waitFor();
  await phone.keyboard.press('ArrowRight');
  await viewer.getByRole('img', { name: 'later.png' }).waitFor();
  await phone.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  await picture.filter({ hasNotText: 'kB' }).waitFor();
  const filled = await picture.boundingBox();
  assert.deepEqual([room?.width, room?.height], [filled?.width, filled?.height]);
});

test('while a large file stands still, notes go on, and come to the other device before it', async () => {
  const line = Promise.withResolvers<void>();
  await page.context().route('**/v1/chunks/**', async (route) => {
    if (route.request().method() === 'PUT') await line.promise;
    await route.continue();
  });
  const path = join(app.world.folder, 'film.bin');
  writeLargeFile(path, 12);
  await box().fill('With a large file');
  await chooser().setInputFiles(path);
  await page.getByRole('button', { name: 'Send' }).click();
  const file = noteOf(page, 'With a large file').locator('.file');
  await file.getByText(/^Sending|^Waiting to be sent/).waitFor();
  await box().fill('Written meanwhile');
  await page.getByRole('button', { name: 'Send' }).click();
  await noteOf(phone, 'Written meanwhile').waitFor();
  await noteOf(phone, 'With a large file').getByText('1 file is still on its way here').waitFor();
  await file.getByText(/^Sending|^Waiting to be sent/).waitFor();
  line.resolve();
  await noteOf(phone, 'With a large file').locator('.file').getByText('Only on the server').waitFor();
  await file.getByText('12 MB', { exact: true }).waitFor();
  await page.context().unroute('**/v1/chunks/**');
});

test('pictures side by side are drawn no larger than one sees them, and whole when one is opened', async () => {
  await box().fill('Two large ones');
  await attach(
    { name: 'wide.png', mimeType: 'image/png', buffer: makePicture(1_400, 700) },
    { name: 'tall.png', mimeType: 'image/png', buffer: makePicture(700, 1_400) },
  );
  await page.getByRole('button', { name: 'Send' }).click();
  const opened = noteOf(page, 'Two large ones').getByRole('button', { name: 'Open wide.png' });
  await untilWide(opened.getByRole('img'), 640);
  await opened.click();
  await untilWide(page.getByRole('dialog').getByRole('img', { name: 'wide.png' }), 1_400);
  await page.keyboard.press('Escape');
});

/** Waits until a picture has so many pixels across. */
async function untilWide(picture: Locator, pixels: number): Promise<void> {
  await picture.and(page.locator('img[src^="blob:"]')).waitFor();
  await picture.evaluate(async (image, width) => {
    // It is one by its role.
    const shown = image as HTMLImageElement;
    await shown.decode();
    if (shown.naturalWidth !== width) throw new Error(`It is ${shown.naturalWidth} pixels wide.`);
  }, pixels);
}

test('a voice note is recorded, heard again and sent; one that is discarded leaves nothing', async () => {
  const record = phone.getByRole('button', { name: 'Record a voice note' });
  const bar = phone.getByRole('group', { name: 'Voice note' });
  await record.click();
  await bar.getByRole('timer').waitFor();
  await bar.getByRole('button', { name: 'Discard the voice note' }).click();
  await bar.waitFor({ state: 'detached' });
  await record.click();
  await bar.getByRole('timer').filter({ hasText: '0:02' }).waitFor();
  await bar.getByRole('button', { name: 'Stop' }).click();
  const waiting = phone.locator('.tray .file');
  await waiting.filter({ hasText: /^Voice note .*kB/ }).waitFor();
  assert.equal(await waiting.count(), 1);
  await phone.getByRole('button', { name: 'Send' }).click();

  const note = noteOf(page, 'Voice note');
  await note.getByRole('button', { name: /^Get it onto this device|^Download/ }).waitFor();
  await note.getByRole('button', { name: /^Play: Voice note/ }).click();
  await note.getByText(/0:0[0-9] \/ 0:0[1-9]/).waitFor();
});

test('a photo that is taken now goes with the note, and a refused microphone is explained', async () => {
  await page.locator('.composer input[capture]').setInputFiles({
    name: 'now.png',
    mimeType: 'image/png',
    buffer: png,
  });
  await tray().filter({ hasText: 'now.png' }).waitFor();
  await page.getByRole('button', { name: 'Remove now.png' }).click();
  await page.getByRole('button', { name: 'Record a voice note' }).click();
  await page.getByText('This browser doesn’t let Dataans use the microphone').waitFor();
});

test('without a service worker a recording that is not too long is read whole, and plays', async () => {
  await phone.addInitScript(() =>
    Object.defineProperty(ServiceWorkerContainer.prototype, 'controller', { get: () => null }),
  );
  await phone.reload();
  const talk = noteOf(phone, 'A long talk').locator('.file');
  await talk.getByRole('button', { name: 'Play: talk.wav' }).click();
  await talk.getByText('/ 16:40').waitFor();
  assert.match((await talk.locator('audio').getAttribute('src')) ?? '', /^blob:/);
  await phone.close();
});

test('an attached page or drawing never runs, whatever it says that it is', async () => {
  const script = '<script>fetch("/app/ran"); parent.ran = true</script>';
  await box().fill('Pages');
  await attach(
    { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(`<!doctype html>${script}`) },
    {
      name: 'drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
    },
    { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from(`<!doctype html>${script}`) },
  );
  await page.getByRole('button', { name: 'Send' }).click();
  const files = noteOf(page, 'Pages').locator('.file');
  await files.nth(2).waitFor();
  const addresses = await files.evaluateAll((all) =>
    all.map((one) => `/app/file/${(one as HTMLElement).dataset['id']}`),
  );
  const ran: string[] = [];
  page.context().on('request', (request) => ran.push(request.url()));
  for (const [index, address] of addresses.entries()) {
    const answer = await page.evaluate(async (asked) => {
      const { status, headers } = await fetch(asked);
      return { status, headers: Object.fromEntries(headers) };
    }, address);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(answer.headers['content-security-policy'] ?? '', /^sandbox; default-src 'none'/);
    assert.equal(answer.headers['content-type'], index === 2 ? 'video/mp4' : 'application/octet-stream');
    const opened = await page.context().newPage();
    const isDownload = opened.waitForEvent('download', { timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    await opened.goto(new URL(address, app.server.address).href).catch(() => undefined);
    if (index < 2) assert.equal(await isDownload, true, address);
    await opened.close();
  }
  assert.deepEqual(
    ran.filter((address) => address.endsWith('/ran')),
    [],
  );
  // The server has nothing there, whoever asks.
  const { status } = await fetch(new URL(addresses[0] ?? '', app.server.address));
  assert.equal(status, 404);
});
