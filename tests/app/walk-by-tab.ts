import type { Page } from 'playwright-core';

/** What a walk by Tab found wrong, by the names of elements. */
export interface TabWalk {
  /** They had the focus, and nothing showed it. */
  readonly unseen: readonly string[];
  /** Tab did not leave them. */
  readonly held: readonly string[];
  /** They can be pressed or typed into, and Tab never came there. */
  readonly unreached: readonly string[];
}

interface Stop {
  readonly name: string;
  readonly isSeen: boolean;
  readonly isNew: boolean;
  readonly isSame: boolean;
}

/** More elements than any screen of a test has. */
const stopsMax = 250;
/** A field for dates has some parts that Tab goes through. */
const partsMax = 6;
/** The focus of a page shows by then, however busy the machine is. */
const framesMax = 10;

/** Presses Tab until it has been everywhere once. */
export async function walkByTab(page: Page): Promise<TabWalk> {
  // Away from notes: one that the pointer comes to, as what was over it closes, has more buttons than it had.
  await page.mouse.move(0, 0);
  await page.evaluate(startWalk);
  const names = new Set<string>();
  const seen = new Set<string>();
  const held = new Set<string>();
  let known = 0;
  let inPlace = 0;
  for (let stops = 0; stops < stopsMax && known < 3 && inPlace < partsMax; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(readStop, framesMax);
    // Between the last and the first the focus is the browser's.
    if (stop === null) continue;
    names.add(stop.name);
    if (stop.isSeen) seen.add(stop.name);
    inPlace = stop.isSame ? inPlace + 1 : 0;
    if (inPlace === partsMax) held.add(stop.name);
    if (!stop.isNew && !stop.isSame) known += 1;
  }
  const unreached = await page.evaluate(listUnreached);
  return { unseen: [...names.difference(seen)], held: [...held], unreached };
}

/** Runs in the page, as do those below: what they keep is kept there. */
function startWalk(): void {
  Object.assign(globalThis, { walked: new Set<Element>(), lastWalked: null });
}

async function readStop(most: number): Promise<Stop | null> {
  const kept = globalThis as unknown as { walked: Set<Element>; lastWalked: Element | null };
  const showsFocus = (element: Element | null): boolean => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth, boxShadow, opacity } = getComputedStyle(element);
    return opacity !== '0' && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none');
  };
  // A box is shown to have the focus by what it is in.
  const places = ['.composer', '.edit', '.search-field', '.ask', 'label'];
  const isSeen = (at: Element): boolean => {
    const { top, bottom, width, height } = at.getBoundingClientRect();
    const isOnScreen = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
    return isOnScreen && [at, ...places.map((place) => at.closest(place))].some(showsFocus);
  };
  const focused = (): Element | null =>
    document.activeElement === document.body ? null : document.activeElement;
  // What shows the focus may be drawn with one of the next frames.
  for (let frame = 0; frame < most; frame += 1) {
    const at = focused();
    if (at !== null && isSeen(at)) break;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const at = focused();
  if (at === null) return null;
  const isNew = !kept.walked.has(at);
  const isSame = kept.lastWalked === at;
  kept.walked.add(at);
  kept.lastWalked = at;
  const name =
    at.getAttribute('aria-label') ?? (at.textContent.trim().slice(0, 40) || at.outerHTML.slice(0, 80));
  return { name, isSeen: isSeen(at), isNew, isSame };
}

function listUnreached(): readonly string[] {
  const kept = globalThis as unknown as { walked: Set<Element> };
  const open = document.querySelector('dialog[open]') ?? document;
  const all = [
    ...open.querySelectorAll<HTMLElement>('a[href], button, input, textarea, select, [role=button]'),
  ];
  const isRadioOfReached = (element: HTMLElement): boolean =>
    element instanceof HTMLInputElement &&
    element.type === 'radio' &&
    all.some(
      (other) => other instanceof HTMLInputElement && other.name === element.name && kept.walked.has(other),
    );
  return all
    .filter((element) => !kept.walked.has(element) && element.tabIndex >= 0 && !element.matches(':disabled'))
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !isRadioOfReached(element))
    .map((element) => element.getAttribute('aria-label') ?? element.outerHTML.slice(0, 80));
}
