import { startChain, type Hash, type LogId } from '@dataans/core';
import type { Clock } from '../../clock.ts';
import { backupRecordShape, type KeptBackupRecord } from '../../backups/backup-record.ts';
import type { LogStore } from '../../log/log-store.ts';
import { OperatorError } from '../../operator-error.ts';
import { publishedKeysShape, type KeptKeys } from '../../stores/kept-keys.ts';
import type { StorageHealth } from '../../stores/storage-health.ts';
import type { TokenStore } from '../../stores/token-store.ts';
import { openPostgresDatabase, type PostgresDatabase, type Query } from './database.ts';
import { migrate, requireNewestSchema } from './migrate.ts';
import { createPostgresHeads, type PostgresHeads } from './postgres-heads.ts';
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

/** What a server has there, whatever logs it has. */
export interface PostgresParts {
  readonly heads: PostgresHeads;
  readonly tokens: TokenStore;
  readonly keptKeys: KeptKeys;
  readonly backupRecord: KeptBackupRecord;
  readonly health: () => Promise<StorageHealth>;
  readonly database: PostgresDatabase;
  close(): Promise<void>;
}

export interface Postgres extends PostgresParts {
  readonly log: LogStore;
  /** Whether there was no log, and an empty one was made. */
  readonly isNew: boolean;
}

/** What a server with one account keeps in PostgreSQL. Throws `OperatorError` if it must not be kept there. */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  await using opened = new AsyncDisposableStack();
  const parts = opened.adopt(await openPostgresParts(options), (open) => open.close());
  const { database, heads } = parts;
  await refuseAccounts(database.query);
  const { id, isNew } = await findOrMakeLog(database, options);
  const log = await openPostgresLog({ database, hash: options.hash, id, onAppended: heads.tell });
  const whileOpen = opened.move();
  return { ...parts, log, isNew, close: () => whileOpen.disposeAsync() };
}

/** Throws `OperatorError` if it must not be used. */
export async function openPostgresParts(options: PostgresOptions): Promise<PostgresParts> {
  const { listenAddress, clock, onLost } = options;
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(openPostgresDatabase(options), (open) => open.close());
  const { query } = database;
  await requireDurable(query);
  await (options.migrates ? migrate(database) : requireNewestSchema(database));
  const heads = opened.adopt(createPostgresHeads({ query, listenAddress, clock, onLost }), (open) =>
    open.close(),
  );
  const whileOpen = opened.move();
  return {
    heads,
    tokens: createPostgresTokens(query),
    keptKeys: createPostgresNote(query, 'signing keys', publishedKeysShape),
    backupRecord: createPostgresNote(query, 'last backup', backupRecordShape),
    health: () => readHealth(query),
    database,
    close: () => whileOpen.disposeAsync(),
  };
}

/** Throws `OperatorError` for the database of a server with many accounts. // SRV-110 */
export async function refuseAccounts(query: Query): Promise<void> {
  if ((await query('SELECT FROM accounts LIMIT 1')).count === 0) return;
  throw new OperatorError(
    "The database has many accounts, and DATAANS_ACCOUNTS isn't set. Set DATAANS_ACCOUNTS=many, or set DATAANS_DATABASE to another database.",
  );
}

/** Throws `OperatorError` for the database of a server with one account. // SRV-110 */
export async function refuseOneAccount(query: Query): Promise<void> {
  const { count } = await query('SELECT FROM logs WHERE log NOT IN (SELECT log FROM accounts) LIMIT 1');
  if (count === 0) return;
  throw new OperatorError(
    "The database has one person's notes, and DATAANS_ACCOUNTS says that there are many. Remove DATAANS_ACCOUNTS, or set DATAANS_DATABASE to another database.",
  );
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
