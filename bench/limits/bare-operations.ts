import { randomBytes } from 'node:crypto';
import { limits } from '@dataans/core';

/** An operation as the bare loops see it: an id and some bytes. */
export interface BareOperation {
  readonly id: Uint8Array;
  readonly envelope: Uint8Array;
  /** What a device stores beside it: the same operation opened. Empty for a server. */
  readonly opened: Uint8Array;
}

/** Random operations with envelopes of a given size. */
export function makeBareOperations(
  count: number,
  envelopeBytes: number,
  openedBytes: number,
): readonly BareOperation[] {
  return Array.from({ length: count }, () => ({
    id: randomBytes(16),
    envelope: randomBytes(envelopeBytes),
    opened: randomBytes(openedBytes),
  }));
}

/** How many of `count` operations go into each transaction: the first ones, then as many as may be. */
export interface BatchSizes {
  readonly firsts: readonly number[];
  readonly rest: number;
}

/** As a device sends its outbox, and as it takes a log. */
export const batchSizes: BatchSizes = { firsts: [250], rest: limits.batchOperationsMax };
export const pageSizes: BatchSizes = { firsts: [250, 500], rest: limits.batchOperationsMax };

export function* inBatches<Item>(items: readonly Item[], sizes: BatchSizes): Generator<readonly Item[]> {
  let start = 0;
  for (let batch = 0; start < items.length; batch += 1) {
    const end = start + (sizes.firsts[batch] ?? sizes.rest);
    yield items.slice(start, end);
    start = end;
  }
}
