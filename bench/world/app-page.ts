import type { Page } from 'playwright-core';

/** What has to come to the screen: an element that was not there, with this text in it. */
export interface Awaited {
  readonly selector: string;
  readonly text?: string;
}

/** Milliseconds from the event, as the browser stamped it, until what it brings is painted. */
export async function timeToScreen(
  page: Page,
  event: 'keydown' | 'input' | 'click',
  { selector, text = '' }: Awaited,
  act: () => Promise<void>,
): Promise<number> {
  await page.evaluate(
    ({ event: type, selector: of, text: words }) => {
      const before = new Set(document.querySelectorAll(of));
      const isThere = (): boolean =>
        [...document.querySelectorAll(of)].some(
          (element) => !before.has(element) && element.textContent.includes(words),
        );
      const measured = new Promise<number>((resolve) => {
        const begin = (happened: Event): void => {
          const observer = new MutationObserver(() => {
            if (!isThere()) return;
            observer.disconnect();
            // Runs right after the frame that shows it.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.addEventListener('message', () => resolve(performance.now() - happened.timeStamp));
              port1.start();
              port2.postMessage(null);
            });
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        };
        addEventListener(type, begin, { once: true, capture: true });
      });
      Object.assign(globalThis, { measured });
    },
    { event, selector, text },
  );
  await act();
  // Put there above.
  return page.evaluate(() => (globalThis as unknown as { measured: Promise<number> }).measured);
}

/** Milliseconds since a page was opened until notes were painted. */
export interface FirstNotes {
  /** As the page was left. */
  readonly last: number;
  /** As they are. */
  readonly told: number;
}

/** From now on each page of the tab notes when its first notes are painted. */
export async function watchFirstNotes(page: Page): Promise<() => Promise<FirstNotes>> {
  await page.addInitScript(() => {
    const painted = (selector: string): Promise<number> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (document.querySelector(selector) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now()));
        };
        requestAnimationFrame(look);
      });
    const last = painted('article');
    const told = painted('[role=region]:not([aria-busy=true]) article');
    const firstNotes = async (): Promise<unknown> => ({ last: await last, told: await told });
    Object.assign(globalThis, { firstNotes });
  });
  // Put there above.
  return () =>
    page.evaluate(() => (globalThis as unknown as { firstNotes(): Promise<FirstNotes> }).firstNotes());
}

/** Scrolls a list upwards, a good part of a screen in each frame; milliseconds of each frame. */
export function scrollUp(page: Page, selector: string, frames: number): Promise<readonly number[]> {
  return page.evaluate(
    async ({ selector: of, frames: count }) => {
      const list = document.querySelector(of);
      if (list === null) throw new Error('There is no list to scroll.');
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      let last = await frame();
      for (let done = 0; done < count; done += 1) {
        list.scrollTop -= 400;
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { selector, frames },
  );
}
