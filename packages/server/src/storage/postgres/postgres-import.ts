import { chainFrames, startChain, type Hash, type LogId } from '@dataans/core';
import type { LogImporter } from '../../log/log-importer.ts';
import type { LogHead } from '../../log/log-store.ts';
import { OperatorError } from '../../operator-error.ts';
import type { AccountId } from '../../stores/directory.ts';
import { refuseAccounts } from './open-postgres.ts';
import type { PostgresDatabase, Query } from './database.ts';
import { onlyRow } from './row.ts';
import { storeEntries } from './store-entries.ts';

/**
 * Throws `OperatorError` unless the database, or an account in it, has no log, or one that nobody has used.
 *
 * @param account `null`: the database is that of one
 */
export async function requireUnused(query: Query, account: AccountId | null): Promise<void> {
  if (account !== null) return requireUnusedAccount(query, account);
  await refuseAccounts(query);
  const row = onlyRow(
    await query('SELECT EXISTS (SELECT FROM logs WHERE seq > 0) OR EXISTS (SELECT FROM records) AS used'),
  );
  if (row['used'] === true)
    throw new OperatorError(
      'The database has notes already, so nothing was restored. Set DATAANS_DATABASE to an empty database.',
    );
}

async function requireUnusedAccount(query: Query, account: AccountId): Promise<void> {
  const { rows } = await query(
    `SELECT seq > 0 OR EXISTS (SELECT FROM records WHERE records.log = logs.log) AS used
     FROM logs JOIN accounts USING (log) WHERE id = $1`,
    [account],
  );
  if (rows[0]?.['used'] === false) return;
  throw new OperatorError('The account has notes already, so nothing was restored to it.');
}

/** Makes a log in the place of one that nobody has used: all of it, or nothing if the work fails. // SRV-37 */
export async function importIntoPostgres<Result>(
  { transact }: PostgresDatabase,
  options: { readonly hash: Hash; readonly log: LogId; readonly account: AccountId | null },
  work: (importer: LogImporter) => Promise<Result>,
): Promise<Result> {
  const { hash, log, account } = options;
  return transact(async (query) => {
    await query('SELECT version FROM schema_version FOR UPDATE');
    await requireUnused(query, account);
    await removeUnused(query, account);
    const start = startChain(hash, log);
    await query('INSERT INTO logs (log, start, seq, chain) VALUES ($1, $2, 0, $2)', [log, start]);
    if (account !== null) await query('UPDATE accounts SET log = $2 WHERE id = $1', [account, log]);
    let head: LogHead = { log, seq: 0, chain: start };
    return work({
      head: () => head,
      append: async (frames) => {
        const chains = chainFrames(hash, head.chain, frames);
        const entries = frames.map((frame, index) => ({
          ...frame,
          seq: head.seq + 1 + index,
          chain: chains[index] ?? start,
        }));
        await storeEntries(query, head, entries);
        head = { log, seq: head.seq + frames.length, chain: chains.at(-1) ?? head.chain };
      },
      putRecord: async (record) =>
        void (await query('INSERT INTO records (log, hash, record) VALUES ($1, $2, $3)', [
          log,
          hash(record),
          record,
        ])),
    });
  });
}

async function removeUnused(query: Query, account: AccountId | null): Promise<void> {
  if (account === null) return void (await query('DELETE FROM logs'));
  await query('DELETE FROM logs WHERE log = (SELECT log FROM accounts WHERE id = $1)', [account]);
}
