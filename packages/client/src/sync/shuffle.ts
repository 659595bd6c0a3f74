import type { Primitives } from '@dataans/core';

/**
 * The same items in an order that says nothing, from randomness that nobody else can compute again: who sees
 * the order learns nothing of the one that they came in. // FIL-6
 */
export function shuffle<Item>(
  items: readonly Item[],
  { randomBytes }: Pick<Primitives, 'randomBytes'>,
): readonly Item[] {
  const shuffled = [...items];
  const random = new DataView(Uint8Array.from(randomBytes(4 * shuffled.length)).buffer);
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const place = Math.floor((random.getUint32(4 * last) / 2 ** 32) * (last + 1));
    const [one, other] = [shuffled[last], shuffled[place]];
    if (one !== undefined && other !== undefined) [shuffled[last], shuffled[place]] = [other, one];
  }
  return shuffled;
}

/** Items shuffled among at most so many that come one after another, so that only these are in memory. */
export function* shuffleWindows<Item>(
  items: Iterable<Item>,
  windowItems: number,
  primitives: Pick<Primitives, 'randomBytes'>,
): Generator<Item> {
  let window: Item[] = [];
  for (const item of items) {
    window.push(item);
    if (window.length < windowItems) continue;
    yield* shuffle(window, primitives);
    window = [];
  }
  yield* shuffle(window, primitives);
}
