import { bytesToUuid, equalBytes, type Frame, type OperationId } from '@dataans/core';
import { withheldEntry } from '../findings/entry-findings.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Of a pruned entry only the hash comes: enough where the operation is here, and nothing to step over where it
 * is not, for it would never be fetched again. // SYN-21
 *
 * @param after the entry before the first frame
 * @throws IntegrityError
 */
export function requireHeld(
  { store, primitives }: Pick<SyncRun, 'store' | 'primitives'>,
  frames: readonly Frame[],
  after: number,
): void {
  for (const [index, frame] of frames.entries()) {
    if (frame.kind !== 'pruned') continue;
    const id = bytesToUuid<OperationId>(frame.id);
    const held = store.log.envelope(id);
    if (held === null || !equalBytes(primitives.hash(held), frame.body))
      throw new IntegrityError(withheldEntry(after + index + 1, id));
  }
}
