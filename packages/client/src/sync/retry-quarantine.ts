import { readerVersion, type UnlockedKeyring } from '@dataans/core';
import type { RetriableOperation, RetriedOperation } from '../store/local-log.ts';
import { openFrames } from './open-frames.ts';
import type { SyncRun } from './sync-run.ts';

/** Opened and stored together. */
const batchBounds = { operations: 1_000, bytes: 8 * 1024 * 1024 };

/**
 * Tries what was kept aside again, where this program reads more than the one that tried last, or has other
 * keys. Needs no server; interrupted, it begins anew. // STO-21
 */
export async function retryQuarantine(run: SyncRun): Promise<void> {
  const { store, keyring, clock, signal, tally } = run;
  const reader = describeReader(keyring);
  if (store.log.isQuarantineEmpty() || store.facts.read('quarantine-reader') === reader) return;
  let batch = store.log.retriable(batchBounds);
  while (batch.length > 0) {
    const { received, merged } = store.log.applyRetried(await openAgain(run, batch), clock.now());
    tally.released += received;
    tally.merged += merged;
    signal.throwIfAborted();
    batch = store.log.retriable({ ...batchBounds, after: batch.at(-1)?.entry ?? 0 });
  }
  store.facts.write('quarantine-reader', reader);
}

/** What the outcome of opening depends on. */
export function describeReader({ byId }: UnlockedKeyring): string {
  return [readerVersion, ...[...byId.keys()].toSorted()].join(' ');
}

async function openAgain(
  { primitives, keyring }: SyncRun,
  batch: readonly RetriableOperation[],
): Promise<readonly RetriedOperation[]> {
  const frames = batch.map(({ id, envelope }) => ({ kind: 'envelope', id, body: envelope }) as const);
  const results = await openFrames(primitives, keyring, frames, 0);
  return results.flatMap(({ opened }, index) => {
    const retriable = batch[index];
    return retriable === undefined ? [] : [{ ...retriable, opened }];
  });
}
