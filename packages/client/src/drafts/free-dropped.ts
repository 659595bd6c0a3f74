import { unpackChunkNames, type ChunkName } from '@dataans/core';
import type { Holding } from '../files/holding.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { NewFile } from '../store/new-file.ts';
import type { Store } from '../store/store.ts';

export interface FreeDependencies {
  readonly store: Pick<Store, 'drafts' | 'files'>;
  readonly chunks: Pick<LocalChunks, 'remove'>;
  readonly holding: Holding;
  readonly pause: () => Promise<void>;
  /** Nothing is freed once it aborts. */
  readonly signal: AbortSignal;
}

/** Few enough that a look at them takes a moment. */
const chunksAtOnce = 1_000;

/** Frees the chunks of dropped files that no operation and no other draft names. // STO-53 */
export async function freeDropped(
  { store, chunks, holding, pause, signal }: FreeDependencies,
  dropped: readonly NewFile[],
): Promise<void> {
  if (dropped.length === 0) return;
  await holding.giveUp(async () => {
    const free = new Set(dropped.flatMap(namesOf));
    for (const name of store.drafts.files().flatMap(namesOf)) free.delete(name);
    let named = store.files.namedChunks(0, chunksAtOnce);
    while (named !== null && free.size > 0 && !signal.aborted) {
      for (const name of named.names) free.delete(name);
      await pause();
      named = store.files.namedChunks(named.place, chunksAtOnce);
    }
    if (signal.aborted) return;
    for (const name of free) await chunks.remove(name);
  });
}

function namesOf({ value }: NewFile): readonly ChunkName[] {
  return unpackChunkNames(value.chunks) ?? [];
}
