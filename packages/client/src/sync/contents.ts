import { DataansError, type EntityId } from '@dataans/core';
import { isFetchedUnder, readFetchPolicy, type FetchPolicy } from '../files/fetch-policy.ts';
import type { Entity } from '../store/entities.ts';
import { fetchFiles } from './fetch-files.ts';
import { releaseContent } from './release-content.ts';
import { emptyTally, type SyncDependencies } from './sync-run.ts';
import type { Transfers } from './transfers.ts';

/** Where the content of a file is. */
export type FileState =
  | { readonly kind: 'here' }
  /** On its way to the server, or from it; of the content. */
  | { readonly kind: 'sending' | 'fetching'; readonly doneBytes: number; readonly totalBytes: number }
  /** Nothing moves right now. To `arrive`: a note names the file, and nothing else is known of it yet. // FIL-1 */
  | { readonly kind: 'waiting'; readonly to: 'send' | 'fetch' | 'arrive' }
  /** On the server, where it stays until somebody asks for it. */
  | { readonly kind: 'elsewhere' }
  /** The server sent something else than what was attached. */
  | { readonly kind: 'damaged' };

/** Contents of files, as somebody sees and moves them. */
export interface Contents {
  /**
   * Fetches the content now, and wants it from then on.
   *
   * @throws DataansError `not-found` if the server does not have all of it yet
   */
  fetch(file: EntityId, signal: AbortSignal): Promise<void>;
  /**
   * Frees what is here once the server has all of it, and leaves it there until somebody asks for it. // FIL-12
   *
   * @throws DataansError `not-found` if the server lacks some of it, `integrity` if what it has is damaged
   */
  release(file: EntityId, signal: AbortSignal): Promise<void>;
  /** What is not here yet stays on the server, until somebody asks for it. // FIL-7 */
  cancel(file: EntityId): void;
}

export type ContentsDependencies = Pick<
  SyncDependencies,
  'store' | 'chunks' | 'holding' | 'connection' | 'primitives' | 'clock'
> & {
  readonly transfers: Transfers;
};

export function createContents(dependencies: ContentsDependencies): Contents {
  const { store, holding } = dependencies;
  return {
    fetch: async (id, signal) => {
      const file = requireFile(store, id);
      if (store.files.absence(id) === null) return;
      await holding.hold(async () => store.files.markAbsent([id], { wish: true }));
      const problems: DataansError[] = [];
      const run = { ...dependencies, signal, tally: emptyTally(), problems, onProgress: () => undefined };
      await fetchFiles(run, async () => [file]);
      const [problem] = problems;
      if (problem !== undefined) throw problem;
      if (run.tally.filesMissing > 0) throw notThereYet();
    },
    release: (id, signal) => releaseContent(dependencies, requireFile(store, id), signal),
    cancel: (id) => {
      requireFile(store, id);
      if (store.files.absence(id) !== null) store.files.markAbsent([id], { wish: false });
    },
  };
}

/** Asks nobody. */
export function readFileState(
  {
    store,
    transfers,
  }: Pick<SyncDependencies, 'store'> & { readonly transfers: Pick<Transfers, 'of'> | null },
  defaultPolicy: FetchPolicy,
  id: EntityId,
): FileState {
  const file = store.entities.read('file', id);
  if (file === null) return { kind: 'waiting', to: 'arrive' };
  const transfer = transfers?.of(id) ?? null;
  if (transfer !== null) {
    const { direction, doneBytes, totalBytes } = transfer;
    return { kind: direction === 'send' ? 'sending' : 'fetching', doneBytes, totalBytes };
  }
  const absence = store.files.absence(id);
  if (absence === null) return file.backedUp ? { kind: 'here' } : { kind: 'waiting', to: 'send' };
  if (absence.isDamaged) return { kind: 'damaged' };
  const isWanted = absence.wish ?? isFetchedUnder(readFetchPolicy(store.facts, defaultPolicy), file.value);
  return isWanted ? { kind: 'waiting', to: 'fetch' } : { kind: 'elsewhere' };
}

function requireFile({ entities }: SyncDependencies['store'], id: EntityId): Entity<'file'> {
  const file = entities.read('file', id);
  if (file === null) throw new DataansError('not-found', 'There is no such file.');
  return file;
}

function notThereYet(): DataansError {
  return new DataansError('not-found', 'The server does not have the content of the file yet.', {
    advice: 'Sync the device that has it.',
  });
}
