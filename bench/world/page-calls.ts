import type { Page } from 'playwright-core';
import type { PageCalls } from '../../tests/browser/page/page.ts';

/** Of the home that is measured in a browser. */
export const homeName = 'measured';

/** Milliseconds of each call of a home, one after another, as the page that makes them waits for them. */
export function timeCalls(
  page: Page,
  path: string,
  calls: readonly (readonly unknown[])[],
): Promise<readonly number[]> {
  return page.evaluate(
    async ({ home, path: called, calls: given }) => {
      // The page has put its calls on the global object.
      const { callHome } = globalThis as unknown as PageCalls;
      const times: number[] = [];
      for (const parameters of given) {
        const startedAt = performance.now();
        const answer = await callHome(home, called, [...parameters]);
        if (!answer.ok) throw new Error(answer.message);
        times.push(performance.now() - startedAt);
      }
      return times;
    },
    { home: homeName, path, calls },
  );
}

/** A first sync, and how long the worker kept anybody waiting meanwhile and until all was indexed. */
export function timeFirstSync(
  page: Page,
): Promise<{ readonly syncMs: number; readonly longestBlockMs: number }> {
  return page.evaluate(async (home) => {
    const { callHome } = globalThis as unknown as PageCalls;
    const startedAt = performance.now();
    const done: { syncMs?: number } = {};
    const syncing = callHome(home, 'sync.run', []).then((answer) => {
      if (!answer.ok) throw new Error(answer.message);
      done.syncMs = performance.now() - startedAt;
    });
    const isIndexed = async (): Promise<boolean> => {
      const answer = await callHome(home, 'sync.status', []);
      // Its shape is the home's.
      return answer.ok && (answer.result as { readonly indexing: unknown }).indexing === null;
    };
    let longestBlockMs = 0;
    do {
      const askedAt = performance.now();
      await callHome(home, 'account.state', []);
      longestBlockMs = Math.max(longestBlockMs, performance.now() - askedAt);
    } while (done.syncMs === undefined || !(await isIndexed()));
    await syncing;
    return { syncMs: done.syncMs, longestBlockMs };
  }, homeName);
}

/** Milliseconds since 1970 at which each further answer of a live query comes, in the order in which they come. */
export async function listenToNotes(page: Page, space: string): Promise<() => Promise<number>> {
  await page.evaluate(
    async ({ home, space: of }) => {
      const { callHome } = globalThis as unknown as PageCalls;
      const told: number[] = [];
      const waiting: ((at: number) => void)[] = [];
      Object.assign(globalThis, {
        nextTold: () => {
          const at = told.shift();
          return at ?? new Promise<number>((resolve) => waiting.push(resolve));
        },
      });
      const listener = (): void => {
        const at = performance.timeOrigin + performance.now();
        const next = waiting.shift();
        if (next === undefined) told.push(at);
        else next(at);
      };
      await callHome(home, 'live.notes', [{ space: of }, listener]);
    },
    { home: homeName, space },
  );
  // Put there above.
  const next = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { nextTold(): Promise<number> | number }).nextTold());
  await next(); // As it is now.
  return next;
}
