import { startChain, type Hash, type LogId } from '@dataans/core';
import type { Clock } from '../../clock.ts';
import { backupRecordShape, type KeptBackupRecord } from '../../backups/backup-record.ts';
import type { HeadFeed } from '../../log/head-feed.ts';
import type { LogStore } from '../../log/log-store.ts';
import { publishedKeysShape, type KeptKeys } from '../../stores/kept-keys.ts';
import type { StorageHealth } from '../../stores/storage-health.ts';
import type { TokenStore } from '../../stores/token-store.ts';
import { openPostgresDatabase, type PostgresDatabase, type Query } from './database.ts';
import { migrate, requireNewestSchema } from './migrate.ts';
import { createPostgresHeads } from './postgres-heads.ts';
import { openPostgresLog } from './postgres-log.ts';
import { createPostgresNote } from './postgres-note.ts';
import { createPostgresTokens } from './postgres-tokens.ts';
import { requireDurable } from './require-durable.ts';
import { onlyRow, textOf } from './row.ts';

export interface PostgresOptions {
  readonly address: string;
  /** Where to listen for news of heads: the same place without a pooler; `null`: look for them instead. */
  readonly listenAddress: string | null;
  readonly connections: number;
  /** Whether to bring the tables up to date; else `dataans-server migrate` does. */
  readonly migrates: boolean;
  readonly hash: Hash;
  readonly newLogId: () => LogId;
  readonly clock: Clock;
  /** Hears of connections that were lost while nothing was asked over them. */
  readonly onLost: (error: Error) => void;
}

export interface Postgres {
  readonly log: LogStore;
  readonly heads: HeadFeed;
  readonly tokens: TokenStore;
  readonly keptKeys: KeptKeys;
  readonly backupRecord: KeptBackupRecord;
  readonly health: () => Promise<StorageHealth>;
  readonly database: PostgresDatabase;
  /** Whether there was no log, and an empty one was made. */
  readonly isNew: boolean;
  close(): Promise<void>;
}

/** What a server keeps in PostgreSQL. Throws `OperatorError` if it must not be kept there. */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const { listenAddress, clock, hash, onLost } = options;
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(openPostgresDatabase(options), (open) => open.close());
  const { query } = database;
  await requireDurable(query);
  await (options.migrates ? migrate(database) : requireNewestSchema(database));
  const { id, isNew } = await findOrMakeLog(database, options);
  const heads = opened.adopt(createPostgresHeads({ query, listenAddress, clock, onLost }), (open) =>
    open.close(),
  );
  const log = await openPostgresLog({ database, hash, id, onAppended: heads.tell });
  const whileOpen = opened.move();
  return {
    log,
    heads,
    tokens: createPostgresTokens(query),
    keptKeys: createPostgresNote(query, 'signing keys', publishedKeysShape),
    backupRecord: createPostgresNote(query, 'last backup', backupRecordShape),
    health: () => readHealth(query),
    database,
    isNew,
    close: () => whileOpen.disposeAsync(),
  };
}

/** Of several processes that start on an empty database, one makes the log. // SRV-9 */
async function findOrMakeLog(
  { transact }: PostgresDatabase,
  { hash, newLogId }: Pick<PostgresOptions, 'hash' | 'newLogId'>,
): Promise<{ readonly id: LogId; readonly isNew: boolean }> {
  return transact(async (query) => {
    await query('SELECT version FROM schema_version FOR UPDATE');
    const known = await findLog(query);
    if (known !== null) return { id: known, isNew: false };
    const id = newLogId();
    const start = startChain(hash, id);
    await query('INSERT INTO logs (log, start, seq, chain) VALUES ($1, $2, 0, $2)', [id, start]);
    return { id, isNew: true };
  });
}

export async function findLog(query: Query): Promise<LogId | null> {
  const { rows } = await query('SELECT log FROM logs');
  // Made by us, and written by PostgreSQL as we do.
  return rows[0] === undefined ? null : (textOf(rows[0], 'log') as LogId);
}

async function readHealth(query: Query): Promise<StorageHealth> {
  try {
    const row = onlyRow(await query("SELECT current_setting('transaction_read_only') AS read_only"));
    return { failure: row['read_only'] === 'on' ? 'standby' : null, freeBytes: null };
  } catch {
    return { failure: 'away', freeBytes: null };
  }
}
