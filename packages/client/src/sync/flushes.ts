import type { EntityId } from '@dataans/core';
import { coalesce } from '../parallel/coalesce.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';

/** Brings chunks to the disk beside others that arrive, and tells whose are all there. */
export interface Flushes {
  /** What was put until now goes to the disk; these files are whole then. Several requests may be one. */
  request(files: readonly EntityId[]): void;
  /** Resolves when all that was requested is on the disk; rejects if that failed. */
  end(): Promise<void>;
}

export function createFlushes(
  chunks: Pick<LocalChunks, 'flush'>,
  onWhole: (files: readonly EntityId[]) => void,
): Flushes {
  let waiting: EntityId[] = [];
  const flushing = coalesce(async () => {
    const whole = waiting;
    waiting = [];
    await chunks.flush();
    if (whole.length > 0) onWhole(whole);
  });
  return {
    request: (files) => {
      waiting.push(...files);
      flushing.request();
    },
    end: flushing.end,
  };
}
