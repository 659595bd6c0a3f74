import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { homeOf } from '../../tests/browser/chromium.ts';
import { openTestPage, type TestPage } from '../../tests/browser/test-page.ts';
import { durationRow, percentile, plainRow, timed, type Row } from '../measure.ts';
import { runCommand } from '../world/command.ts';
import { credentials, openDevice } from '../world/device.ts';
import { writerName, type ManyNotes } from '../world/many-notes.ts';
import { homeName, listenToNotes, timeCalls, timeFirstSync } from '../world/page-calls.ts';
import { readPagePeak } from '../world/page-memory.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { makeText } from '../world/write-notes.ts';

const rounds = 30;
const msMax = { window: 5, block: 50, secondTab: 2 };
const syncRatioMax = 2;

/** A home of very many notes in a browser, as the page that stands on it sees it; its first sync beside the command's. */
export async function measureBrowserHome(many: ManyNotes): Promise<readonly Row[]> {
  const testPage = await openTestPage();
  const server = await startServerUnderTest(many.folder, testPage.address);
  testPage.forwardTo(server.address);
  try {
    return await measure(testPage, many);
  } finally {
    await testPage.close();
    await server.stop();
  }
}

async function measure(testPage: TestPage, many: ManyNotes): Promise<readonly Row[]> {
  const { address } = testPage;
  const { most, rest, count, folder } = many;
  const label = `in Chromium, of ${count.toLocaleString('en')} notes`;
  const first = await testPage.openTab();
  await signIn(first, address);
  const { syncMs, longestBlockMs } = await timeFirstSync(first);
  const commandMs = await timeCommand(folder, address);
  await first.reload();
  const [openedMs = Number.NaN] = await timeCalls(first, 'notes.window', [[{ space: most }]]);
  const places = await anywhere(first, most);
  const firstWindows = await timeCalls(first, 'notes.window', places.slice(0, rounds));
  const windows = await timeCalls(first, 'notes.window', places.slice(rounds));
  const stored = await timeCalls(
    first,
    'notes.add',
    Array.from({ length: rounds }, () => [{ space: most, text: makeText() }]),
  );
  const told = await timeChanges(first, { address, folder, rest });
  const searches = await timeSearches(first, most);
  const second = await testPage.openTab();
  const calls = await timeCalls(
    second,
    'account.state',
    Array.from({ length: 200 }, () => []),
  );
  const peakMiB = await readPagePeak(first);
  return [
    durationRow(
      `first sync, ${label}, beside the command's`,
      [{ figure: syncMs, limit: commandMs }],
      syncRatioMax,
    ),
    atMost(`longest block of the worker meanwhile, ${label}`, longestBlockMs, msMax.block),
    plainRow(`open to first window, ${label}`, openedMs, 'ms'),
    plainRow(`the first windows of 50 anywhere, ${label}`, percentile(firstWindows, 0.5), 'ms'),
    atMost(`a window of 50 anywhere, ${label}`, percentile(windows, 0.5), msMax.window),
    plainRow(`Enter to stored, ${label}`, percentile(stored, 0.5), 'ms'),
    plainRow(`a change elsewhere to the query's answer, ${label}`, percentile(told, 0.5), 'ms'),
    ...searches,
    atMost('a call of a second tab', percentile(calls, 0.5), msMax.secondTab),
    plainRow(`most memory of a page and its worker, ${label}`, peakMiB, 'MiB'),
  ];
}

function atMost(name: string, ms: number, most: number): Row {
  return plainRow(name, ms, 'ms', { text: `≤ ${most} ms`, reached: ms <= most });
}

async function signIn(page: Page, server: string): Promise<void> {
  const details = { server, access: { kind: 'none' } as const, device: 'browser' };
  await homeOf(page, homeName).account.signIn({ ...details, ...credentials });
}

/** The same with the command line, through the same address. */
async function timeCommand(folder: string, address: string): Promise<number> {
  const home = await openDevice(folder, 'command', address);
  await home.close();
  const { ms } = await timed(() => runCommand(join(folder, 'command'), ['sync']));
  return ms;
}

/** Windows all through the stream. */
async function anywhere(page: Page, space: ManyNotes['most']): Promise<readonly (readonly unknown[])[]> {
  const { notes } = homeOf(page, homeName);
  const [oldest, newest] = [
    (await notes.window({ space, place: 'oldest' })).rows[0]?.moment ?? 0,
    (await notes.window({ space })).rows.at(-1)?.moment ?? 0,
  ];
  // Three rounds through it, each between the places of the one before.
  return [0, 1, 2].flatMap((shift) =>
    Array.from({ length: rounds }, (_, round) => [
      { space, place: { from: oldest + ((newest - oldest) * (round + shift / 3)) / rounds } },
    ]),
  );
}

async function timeChanges(
  page: Page,
  { address, folder, rest }: { readonly address: string } & Pick<ManyNotes, 'folder' | 'rest'>,
): Promise<readonly number[]> {
  const writer = await openDevice(folder, writerName, address);
  await writer.start();
  await homeOf(page, homeName).start();
  const next = await listenToNotes(page, rest);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const told = next();
    const writtenAt = performance.timeOrigin + performance.now();
    await writer.notes.add({ space: rest, text: makeText() });
    times.push((await told) - writtenAt);
  }
  await writer.close();
  return times;
}

async function timeSearches(page: Page, space: ManyNotes['most']): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const words of ['7', '7b', '7b3e1'])
    for (const [where, filter] of [
      ['everywhere', {}],
      ['in a space', { space }],
    ] as const) {
      const times = await timeCalls(
        page,
        'notes.search',
        Array.from({ length: 10 }, () => [{ words, ...filter }]),
      );
      rows.push(
        plainRow(`search of ${words.length} characters ${where}, in Chromium`, percentile(times, 0.5), 'ms'),
      );
    }
  return rows;
}
