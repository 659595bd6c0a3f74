import { unpackChunkNames, type ChunkName, type FileValue } from '@dataans/core';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Store } from '../store/store.ts';

export interface FreeDependencies {
  readonly store: Pick<Store, 'drafts' | 'files'>;
  readonly chunks: Pick<LocalChunks, 'remove'>;
  readonly pause: () => Promise<void>;
  /** Nothing is freed once it aborts. */
  readonly signal: AbortSignal;
}

/** Few enough that a look at them takes a moment. */
const chunksAtOnce = 1_000;

/**
 * Frees those of the chunks that nothing here is to have: no draft names them, and no revision of a file but of those that
 * were released. Only while nobody seals or asks for a content. // STO-53, FIL-12
 */
export async function freeChunks(
  { store, chunks, pause, signal }: FreeDependencies,
  names: Iterable<ChunkName>,
): Promise<void> {
  const free = new Set(names);
  for (const { value } of store.drafts.files()) for (const name of namesOf(value)) free.delete(name);
  const released = store.files.released(); // More of them only make more free.
  let place = 0;
  while (free.size > 0 && !signal.aborted) {
    const contents = store.files.namedContents(place, chunksAtOnce);
    const last = contents.at(-1);
    if (last === undefined) break;
    place = last.place;
    for (const { file, chunks: named } of contents)
      if (!released.has(file)) for (const name of named) free.delete(name);
    await pause();
  }
  if (signal.aborted) return;
  for (const name of free) await chunks.remove(name);
}

/** The chunks of a content. */
export function namesOf({ chunks }: Pick<FileValue, 'chunks'>): readonly ChunkName[] {
  return unpackChunkNames(chunks) ?? [];
}
