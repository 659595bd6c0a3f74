import type { Hash, LogId } from '@dataans/core';
import type { HeadListener } from '../../log/head-feed.ts';
import type { LogStore } from '../../log/log-store.ts';
import { logMigrations } from '../sql/log-schema.ts';
import { createSqlLog } from '../sql/sql-log.ts';
import { createSql } from './create-sql.ts';
import { openDatabase } from './database.ts';
import type { SchemaPolicy } from './migrate.ts';
import { createRunCall } from './store-call.ts';

/** A log in an SQLite file, made where there is none. */
export function openSqliteLog(options: {
  readonly path: string;
  readonly hash: Hash;
  /** Gives a new log its id, at random. */
  readonly newLogId: () => LogId;
  /** Default: bring up to date. */
  readonly policy?: SchemaPolicy;
  /** Hears the head after each append of this process that moved it. Default: nobody. */
  readonly onAppended?: HeadListener;
}): LogStore {
  const { path, hash, newLogId, policy, ...rest } = options;
  const database = openDatabase(path, logMigrations(newLogId, hash), policy);
  const log = createSqlLog({ ...rest, sql: createSql(database), run: createRunCall(path), hash });
  return { ...log, close: async () => database.close() };
}
