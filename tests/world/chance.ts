import { randomInt } from 'node:crypto';
import { pseudoRandomBytes } from './pseudo-random.ts';

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
}

const wordBytes = 4;
const wordsAhead = 16_384;

/** @param seed a whole number from 0 to below 2³² */
export function createChance(seed: number): Chance {
  let blocks = 0;
  let words: Buffer = Buffer.alloc(0);
  let offset = 0;
  const draw = (): number => {
    if (offset === words.length) {
      words = pseudoRandomBytes((seed + blocks * 0x9e3779b1) >>> 0, wordsAhead * wordBytes);
      blocks += 1;
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
    bytes: (length) => pseudoRandomBytes(draw(), length),
  };
}

/** For whoever names none. */
export function newSeed(): number {
  return randomInt(2 ** 32);
}
