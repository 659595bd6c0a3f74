import type { StorageCleared } from '../status/storage-cleared.ts';
import type { SyncStatus } from '../status/sync-status.ts';
import type { Indexing } from '../store/text-search.ts';
import type { WatchState } from './watch-state.ts';

/** How this device stands with the server. */
export interface HomeStatus extends SyncStatus, WatchState {
  /** How far search has read what is here; `null` if it has read everything. */
  readonly indexing: Indexing | null;
  /** The browser has cleared the notes that were here, until somebody acknowledges it. // BRW-12 */
  readonly storageCleared: StorageCleared | null;
}
