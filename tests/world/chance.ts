import { hash } from 'node:crypto';

/** Chance of one seed: the same seed and name give the same draws. */
export interface Chance {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from 0 to `end`, excluded. */
  below(end: number): number;
  /** A whole number, both ends included. */
  between(first: number, last: number): number;
  happens(probability: number): boolean;
  /** @throws RangeError without any */
  pick<Item>(items: readonly Item[]): Item;
  bytes(length: number): Uint8Array;
  /** Chance of its own for one concern: drawing more of one changes nothing about the others. */
  fork(name: string): Chance;
}

export function createChance(seed: string): Chance {
  const draw = createDraws(seed);
  const next = (): number => draw() / 2 ** 32;
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    between: (first, last) => first + below(last - first + 1),
    happens: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    bytes: (length) => {
      const bytes = new Uint8Array(length);
      for (let start = 0; start < length; start += 4) {
        const word = draw();
        for (let place = start; place < Math.min(length, start + 4); place += 1)
          bytes[place] = (word >>> (8 * (place - start))) & 0xff;
      }
      return bytes;
    },
    fork: (name) => createChance(`${seed}/${name}`),
  };
}

/** Chris Doty-Humphrey's sfc32, begun with the SHA-256 of the seed: 32 bits at a time. */
function createDraws(seed: string): () => number {
  const start = hash('sha256', seed, 'buffer');
  let a = start.readInt32LE(0);
  let b = start.readInt32LE(4);
  let c = start.readInt32LE(8);
  let counter = 1;
  const draw = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < 12; round += 1) draw();
  return draw;
}
