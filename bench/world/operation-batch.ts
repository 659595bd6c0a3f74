import { randomBytes } from 'node:crypto';
import type { Frame } from '@dataans/core';

const envelopeBytes = 400;

/** A full batch of small operations that no log has, unless told otherwise. */
export function newBatch(count = 1_000): readonly Frame[] {
  return Array.from({ length: count }, () => ({
    kind: 'envelope',
    id: randomBytes(16),
    body: randomBytes(envelopeBytes),
  }));
}
