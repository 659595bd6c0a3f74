import type { Identity } from '../auth/authenticator.ts';
import type { ChunkStore } from '../chunks/chunk-store.ts';
import type { LogStore } from '../log/log-store.ts';

/** What belongs to one account. */
export interface AccountStores {
  readonly log: LogStore;
  readonly chunks: ChunkStore;
}

/** That everybody who is let in has an account of their own. // SRV-110 */
export interface ManyAccounts {
  /** Whether whoever may come in and has no account gets one. */
  readonly enrols: boolean;
}

/** How much there is in all accounts. */
export interface StoredCount {
  readonly operations: number;
  readonly chunks: number;
  readonly chunkBytes: number;
}

/** Whose log and chunks a request is about, and how much there is of all of them. */
export interface Accounts {
  /** Whether there can be several, who must not learn of each other. */
  readonly areMany: boolean;
  of(identity: Identity): Promise<AccountStores>;
  /** Rejects while what there is cannot be read. */
  requireReadable(): Promise<void>;
  /** `null` if nobody counts. */
  count(): Promise<StoredCount | null>;
}

/** Everybody who is let in uses the same one. */
export function createOnlyAccount(stores: AccountStores): Accounts {
  const { log, chunks } = stores;
  return {
    areMany: false,
    of: async () => stores,
    requireReadable: async () => void (await log.head()),
    count: async () => {
      const { seq } = await log.head();
      const { count, bytes } = await chunks.usage();
      return { operations: seq, chunks: count, chunkBytes: bytes };
    },
  };
}
