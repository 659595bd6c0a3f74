import type { Hash, LogId } from '@dataans/core';
import type { ChunkIndex } from '../../chunks/chunk-index.ts';
import type { HeadListener } from '../../log/head-feed.ts';
import type { LogStore } from '../../log/log-store.ts';
import { logMigrations } from '../sql/log-schema.ts';
import { chunkIndexMigrations, createSqlChunkIndex } from '../sql/sql-chunk-index.ts';
import { createSqlLog } from '../sql/sql-log.ts';
import type { ObjectStorage } from './bindings.ts';
import { bringUpToDate, createObjectSql, runObjectCall } from './object-sql.ts';

/** What a Durable Object keeps of an account, in its SQLite. */
export interface ObjectStores {
  readonly log: Omit<LogStore, 'close'>;
  /** Of the chunks in the bucket. */
  readonly index: ChunkIndex;
}

/** Opens what an object keeps, or makes it in a new one. // SRV-130 */
export function openObjectStores(
  storage: ObjectStorage,
  options: {
    readonly hash: Hash;
    readonly newLogId: () => LogId;
    readonly onAppended: HeadListener;
  },
): ObjectStores {
  const { hash, newLogId, onAppended } = options;
  const sql = createObjectSql(storage);
  bringUpToDate(sql, 'log', logMigrations(newLogId, hash));
  bringUpToDate(sql, 'index', chunkIndexMigrations);
  return {
    log: createSqlLog({ sql, run: runObjectCall, hash, onAppended }),
    index: createSqlChunkIndex(sql, runObjectCall, 'R2'),
  };
}
