import type { Page } from 'playwright-core';
import { readMemory } from './process-memory.ts';

/** The most that a page and its workers have held at once, in MiB; not a number where the system does not tell. */
export async function readPagePeak(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) return Number.NaN;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => readMemory(id)?.peakMiB ?? Number.NaN);
  return Math.max(...peaks);
}
