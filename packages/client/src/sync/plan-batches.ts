import { limits } from '@dataans/core';
import type { OutboxRow } from '../store/local-log.ts';

/** The rows in order, cut into batches that each keep both limits. // SYN-9 */
export function planBatches(rows: readonly OutboxRow[]): readonly (readonly OutboxRow[])[] {
  const batches: OutboxRow[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const rowBytes = limits.frameHeaderBytes + row.envelope.length;
    const batch = batches.at(-1);
    if (
      batch === undefined ||
      batch.length === limits.batchOperationsMax ||
      bytes + rowBytes > limits.batchBytesMax
    ) {
      batches.push([row]);
      bytes = rowBytes;
    } else {
      batch.push(row);
      bytes += rowBytes;
    }
  }
  return batches;
}
