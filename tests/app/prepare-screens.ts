import type { Page } from 'playwright-core';
import {
  createAccount,
  createSpace,
  noteOf,
  waitForStatus,
  writeEarlier,
  writeNote,
  type AppWorld,
} from './app-world.ts';
import { makePicture, makeRecording } from './made-files.ts';

const notes = [
  ['Oat milk, coffee filters, two lemons #shopping'],
  ['Паролі від старого роутера у шухляді #дім', 'шухляді'],
  ['Before the trip\n\n- [x] Copy of the lease\n- [ ] Ask about `night train` seats', 'night train'],
  [
    '```sh\n# nightly\nzfs snapshot -r tank@"$(date +%F)" && restic backup /tank/notes --exclude-caches --verbose\n```',
    'zfs',
  ],
  ['| Sort | Sow |\n|---|---:|\n| Black Cherry | 10 March |', 'Black Cherry'],
  ['Files of the flat'],
  ['من جدّ وجد، ومن زرع حصد'],
  ['See https://example.org and ![a map](https://images.example.com/map.png)', 'example.org'],
] as const;

const files = [
  { name: 'tomatoes.png', mimeType: 'image/png', buffer: makePicture(640, 400) },
  { name: 'balcony.png', mimeType: 'image/png', buffer: makePicture(400, 600) },
  { name: 'Talk with the landlord.wav', mimeType: 'audio/wav', buffer: makeRecording(20) },
  { name: 'Walk through the rooms.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(1_000) },
  {
    name: 'Lease of the flat in the quiet street, signed copy.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.alloc(90_000),
  },
];

/** An account with notes of every kind, from its first page on. @returns the address of the space with most of them */
export async function prepareScreens(
  app: AppWorld,
  page: Page,
  look: (name: string) => Promise<void> = async () => undefined,
): Promise<string> {
  const passphrase = await createAccount(page);
  await look('no space yet');
  await createSpace(page, 'Home server');
  await createSpace(page, 'Everyday');
  await look('empty space');
  for (const [text, shown] of notes) {
    if (text.startsWith('Files')) await page.locator('.composer input[multiple]').setInputFiles(files);
    await writeNote(page, text, shown);
  }
  await noteOf(page, 'Oat milk').focus();
  await page.keyboard.press('r');
  await writeNote(page, 'Bought all of it');
  await page.getByRole('button', { name: '1 note links here' }).waitFor();
  await writeEarlier(app, passphrase, {
    space: 'Balcony',
    days: 40,
    notes: ['Fleece from the cellar, two clips are broken', '- [ ] Copper tape\n- [ ] Clips for the pots'],
  });
  await page.getByRole('link', { name: 'Balcony' }).click();
  await noteOf(page, 'Fleece').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('link', { name: 'Everyday' }).click();
  await page.getByRole('button', { name: '1 note links here' }).waitFor();
  await waitForStatus(page, 'Synced');
  return page.url();
}
