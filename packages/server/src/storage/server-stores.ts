import type { Accounts } from '../accounts/accounts.ts';
import type { BackupRecord, KeptBackupRecord } from '../backups/backup-record.ts';
import type { ChunkIndex } from '../chunks/chunk-index.ts';
import type { ChunkPlace } from '../chunks/chunk-place.ts';
import type { ChunkSource, ChunkStore } from '../chunks/chunk-store.ts';
import type { HeadFeed } from '../log/head-feed.ts';
import type { LogStore } from '../log/log-store.ts';
import type { DatabasePlace } from '../stores/database-place.ts';
import type { Account, Directory } from '../stores/directory.ts';
import type { KeptKeys, PublishedKeys } from '../stores/kept-keys.ts';
import type { StorageHealth } from '../stores/storage-health.ts';
import type { TokenFinder, TokenStore } from '../stores/token-store.ts';

/** Where a server keeps everything. */
export interface StoresPlace {
  readonly dataFolder: string;
  readonly chunkPlace: ChunkPlace;
  /** `null`: in the data folder. */
  readonly database: DatabasePlace | null;
  /** The data folder of the server, if these are the stores of one account of many. Default: the same. */
  readonly serverFolder?: string;
  /** Whose stores in a database with many accounts. Default: those of the only one. */
  readonly account?: Pick<Account, 'id' | 'log'>;
}

/** What a server stands on, wherever it is kept. */
export interface ServerStores {
  readonly log: LogStore;
  readonly heads: HeadFeed;
  readonly chunks: ChunkStore;
  readonly tokens: TokenStore;
  readonly keptKeys: KeptKeys;
  readonly backupRecord: KeptBackupRecord;
  readonly health: () => Promise<StorageHealth>;
  /** Whether there was no log, and an empty one was made. */
  readonly isNew: boolean;
  close(): Promise<void>;
}

/** What a server with many accounts stands on. */
export interface ManyStores extends Omit<ServerStores, 'log' | 'chunks' | 'tokens'> {
  readonly accounts: Accounts;
  readonly directory: Directory;
  /** Those of all accounts. */
  readonly tokens: TokenFinder;
}

/** What commands read while a server may be running on it. */
export interface StoresToRead {
  readonly log: LogStore;
  readonly chunks: ChunkSource;
  /** Of chunks in a bucket; `null` for those in files. Closed with the rest. */
  readonly openIndex: () => ChunkIndex | null;
  readonly readBackupRecord: () => Promise<BackupRecord | null>;
  readonly readKeptKeys: () => Promise<PublishedKeys | null>;
  close(): Promise<void>;
}
