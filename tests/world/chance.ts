import { createCipheriv, hash, randomInt } from 'node:crypto';

/** Draws that a seed repeats. */
export interface Chance {
  /** A whole number from 0 to `end`, excluded; at most 2³². */
  below(end: number): number;
  /** A whole number, both ends included. */
  between(first: number, last: number): number;
  happens(probability: number): boolean;
  /** @throws RangeError without any */
  pick<Item>(items: readonly Item[]): Item;
  bytes(length: number): Uint8Array;
  /** Chance of its own for one concern. */
  fork(name: string): Chance;
}

const wordBytes = 4;
const wordsAhead = 64;

/** A keystream of AES-CTR. */
export function createChance(seed: string): Chance {
  const key = hash('sha256', seed, 'buffer').subarray(0, 16);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(wordsAhead * wordBytes);
  let words: Buffer = Buffer.alloc(0);
  let offset = 0;
  const draw = (): number => {
    if (offset === words.length) {
      words = cipher.update(zeros);
      offset = 0;
    }
    offset += wordBytes;
    return words.readUInt32BE(offset - wordBytes);
  };
  const next = (): number => draw() / 2 ** 32;
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    between: (first, last) => first + below(last - first + 1),
    happens: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    bytes: (length) => new Uint8Array(cipher.update(Buffer.alloc(length))),
    fork: (name) => createChance(`${seed}/${name}`),
  };
}

/** For whoever names none. */
export function newSeed(): string {
  return String(randomInt(2 ** 32));
}
