import type { Identity } from '../auth/authenticator.ts';
import type { ChunkStore, ChunkUsage } from '../chunks/chunk-store.ts';
import type { LogStore } from '../log/log-store.ts';

/** What belongs to one account. */
export interface AccountStores {
  readonly log: LogStore;
  readonly chunks: ChunkStore;
}

/** Whose log and chunks a request is about, and how much there is of all of them. */
export interface Accounts {
  of(identity: Identity): Promise<AccountStores>;
  /** Operations in the logs. Rejects while they cannot be read. */
  countOperations(): Promise<number>;
  countChunks(): Promise<ChunkUsage>;
}

/** Everybody who is let in uses the same one. */
export function createOnlyAccount(stores: AccountStores): Accounts {
  return {
    of: async () => stores,
    countOperations: async () => (await stores.log.head()).seq,
    countChunks: () => stores.chunks.usage(),
  };
}
