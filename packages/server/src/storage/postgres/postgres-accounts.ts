import type { Hash, LogId } from '@dataans/core';
import type { Accounts, AccountStores } from '../../accounts/accounts.ts';
import { limitChunks } from '../../accounts/limit-chunks.ts';
import { createRecent } from '../../callers/recent.ts';
import type { ChunkStore } from '../../chunks/chunk-store.ts';
import type { HeadListener } from '../../log/head-feed.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import type { AccountId } from '../../stores/directory.ts';
import type { PostgresDatabase } from './database.ts';
import { openPostgresLog } from './postgres-log.ts';
import { numberOf, numberOrNullOf, onlyRow, textOf } from './row.ts';

export interface PostgresAccountsParts {
  readonly database: PostgresDatabase;
  readonly hash: Hash;
  readonly openChunks: (log: LogId) => Promise<ChunkStore>;
  readonly onAppended: HeadListener;
}

/** Each remembers where a log stands, which saves a question with each append. */
const rememberedMax = 10_000;

/** Accounts whose logs share tables: each statement names the log, which was found once. // SRV-118 */
export function createPostgresAccounts(parts: PostgresAccountsParts): Accounts {
  const { query } = parts.database;
  const opened = createRecent<Promise<AccountStores>>(rememberedMax);
  const open = async (account: AccountId): Promise<AccountStores> => {
    const { rows } = await query('SELECT log FROM accounts WHERE id = $1', [account]);
    if (rows[0] === undefined) throw new StorageUnavailableError(new Error('The account is gone.'));
    // Made by us, and written by PostgreSQL as we do.
    return openStores(parts, textOf(rows[0], 'log') as LogId);
  };
  return {
    areMany: true,
    of: async ({ account }) => {
      if (account === null) throw new TypeError('Nobody looked up the account of this identity.');
      const stores = opened.get(account) ?? open(account);
      opened.set(account, stores);
      return stores.catch((error: unknown) => {
        // The next one tries again.
        if (opened.get(account) === stores) opened.forget(account);
        throw error;
      });
    },
    requireReadable: async () => void (await query('SELECT FROM accounts LIMIT 1')),
    count: async () => {
      const row = onlyRow(
        await query(
          `SELECT (SELECT coalesce(sum(seq), 0) FROM logs) AS operations,
             (SELECT count(*) FROM chunks) AS chunks, (SELECT coalesce(sum(size), 0) FROM chunks) AS bytes`,
        ),
      );
      return {
        operations: numberOf(row, 'operations'),
        chunks: numberOf(row, 'chunks'),
        chunkBytes: numberOf(row, 'bytes'),
      };
    },
  };
}

async function openStores(
  { database, hash, openChunks, onAppended }: PostgresAccountsParts,
  id: LogId,
): Promise<AccountStores> {
  const roomBytes = async (): Promise<number | null> => {
    const row = onlyRow(
      await database.query(
        `SELECT quota - operation_bytes - CASE WHEN quota IS NULL THEN 0
           ELSE (SELECT coalesce(sum(size), 0) FROM chunks WHERE log = $1) END AS room
         FROM logs LEFT JOIN accounts USING (log) WHERE log = $1`,
        [id],
      ),
    );
    return numberOrNullOf(row, 'room');
  };
  const chunks = await openChunks(id);
  const log = await openPostgresLog({ database, hash, id, onAppended });
  return { log, chunks: limitChunks(chunks, roomBytes) };
}
