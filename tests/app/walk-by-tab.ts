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
    const stop = await page.evaluate(readStop);
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

async function readStop(): Promise<Stop | null> {
  // What the focus shows is drawn with the next frame, and is there with the one after it.
  for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  const kept = globalThis as unknown as { walked: Set<Element>; lastWalked: Element | null };
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const isNew = !kept.walked.has(at);
  const isSame = kept.lastWalked === at;
  kept.walked.add(at);
  kept.lastWalked = at;
  // A box is shown to have the focus by what it is in.
  const shown = [
    at,
    at.closest('.composer'),
    at.closest('.edit'),
    at.closest('.search-field'),
    at.closest('.ask'),
    at.closest('label'),
  ];
  const isMarked = shown.some((element) => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth, boxShadow, opacity } = getComputedStyle(element);
    return opacity !== '0' && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none');
  });
  const { top, bottom, width, height } = at.getBoundingClientRect();
  const isOnScreen = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  const name =
    at.getAttribute('aria-label') ?? (at.textContent.trim().slice(0, 40) || at.outerHTML.slice(0, 80));
  return { name, isSeen: isMarked && isOnScreen, isNew, isSame };
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
