import type { Clock } from '../platform/clock.ts';
import type { StoreWitness } from '../platform/store-witness.ts';
import { noteStorageCleared } from '../status/storage-cleared.ts';
import type { Store } from '../store/store.ts';
import type { KeptWitness } from './kept-account.ts';
import type { KeyStore } from './key-store.ts';

/** What is kept beside the keys of how the store stands: the browser may clear the store, and leave the keys. */
export interface BrowserWitness extends StoreWitness {
  /** Says so if the store was cleared, and keeps from now on how it stands. // BRW-12 */
  follow(store: Store): void;
  /** Resolves when nothing of it is written any more. */
  end(): Promise<void>;
}

/** Between two writes: a first sync or an import commits a hundred times a second. */
const restMs = 250;

export async function openKeptWitness(
  keys: Pick<KeyStore, 'read' | 'write'>,
  clock: Clock,
): Promise<BrowserWitness> {
  const ended = new AbortController();
  let kept = await keys.read('witness');
  let isChanged = false;
  let writing: Promise<void> | null = null;
  let stopListening = (): void => undefined;

  const write = async (store: Store): Promise<void> => {
    await Promise.resolve(); // Whoever tells of a change may be within it.
    while (isChanged && !ended.signal.aborted) {
      isChanged = false;
      const next = describe(store);
      if (!isSame(next, kept)) {
        kept = next;
        await keys.write({ witness: next }).catch(() => undefined); // It is blind then, and not wrong.
      }
      await clock.sleep(restMs, ended.signal);
    }
    writing = null;
  };
  return {
    file: null,
    lastNumber: kept,
    note: () => undefined, // The change that it is part of is told as well.
    follow: (store) => {
      stopListening = store.onChange(() => {
        isChanged = true;
        writing ??= write(store);
      });
      if (kept !== null && isNew(store) && kept.device !== store.log.writer().device)
        noteStorageCleared(store.facts, { at: clock.now(), unsentNotes: kept.unsentNotes });
    },
    end: async () => {
      stopListening();
      ended.abort();
      await writing;
    },
  };
}

/** Nothing was ever recorded in it, and no log followed: it may also be the one that was told of before. */
function isNew({ log }: Store): boolean {
  return log.writer().n === 0 && log.cursor() === null;
}

function describe({ log }: Store): KeptWitness {
  const { device, n } = log.writer();
  return { device, n, unsentNotes: log.outboxNotes() };
}

function isSame(next: KeptWitness, kept: KeptWitness | null): boolean {
  return kept?.device === next.device && kept.n === next.n && kept.unsentNotes === next.unsentNotes;
}
