import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Until what a browser keeps beside the keys of a home names so many notes that no server has. */
export async function untilKept(page: Page, homeName: string, unsentNotes: number): Promise<void> {
  // It is written a moment after the change, and a page's own waiting takes any promise for a yes.
  while ((await readKept(page, homeName))?.unsentNotes !== unsentNotes) await setTimeout(20);
}

function readKept(page: Page, homeName: string) {
  return page.evaluate(async (name) => {
    const opening = indexedDB.open(name);
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const reading = opening.result.transaction('kept').objectStore('kept').get('witness');
    await new Promise((resolve) => reading.addEventListener('success', resolve));
    opening.result.close();
    return reading.result as { readonly unsentNotes: number } | undefined; // As the client writes it.
  }, homeName);
}
