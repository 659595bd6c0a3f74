import { randomBytes } from 'node:crypto';

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

export function* inBatches<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
