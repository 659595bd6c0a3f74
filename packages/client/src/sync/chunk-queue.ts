import type { Primitives } from '@dataans/core';
import { shuffleWindows } from './shuffle.ts';

/** Chunks that wait to be carried: whoever comes with few does not wait for those who came with many. */
export interface ChunkQueue<Item> {
  /** What is added together is carried in an order that says nothing of it. // FIL-6 */
  add(count: number, items: Iterable<Item>): void;
  next(): Item | null;
}

interface Waiting<Item> {
  left: number;
  readonly items: Iterator<Item>;
}

/** @param windowItems shuffled among so many, so that only these are in memory, and files become whole one after another */
export function createChunkQueue<Item>(
  primitives: Pick<Primitives, 'randomBytes'>,
  windowItems: number,
): ChunkQueue<Item> {
  let waiting: readonly Waiting<Item>[] = [];
  const fewest = (): Waiting<Item> | null =>
    waiting.reduce<Waiting<Item> | null>(
      (least, each) => (least === null || each.left < least.left ? each : least),
      null,
    );
  return {
    add: (count, items) => {
      const windows = shuffleWindows(items, windowItems, primitives);
      waiting = [...waiting, { left: count, items: windows[Symbol.iterator]() }];
    },
    next: () => {
      for (;;) {
        const group = fewest();
        if (group === null) return null;
        const next = group.items.next();
        group.left -= 1;
        if (next.done !== true) return next.value;
        waiting = waiting.filter((each) => each !== group);
      }
    },
  };
}
