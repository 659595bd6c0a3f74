import { chainFrames, startChain, type Hash, type LogId } from '@dataans/core';
import type { LogImporter } from '../../log/log-importer.ts';
import type { LogHead } from '../../log/log-store.ts';
import { OperatorError } from '../../operator-error.ts';
import type { PostgresDatabase, Query } from './database.ts';
import { onlyRow } from './row.ts';
import { storeEntries } from './store-entries.ts';

/** Throws `OperatorError` unless the database has no log, or one that nobody has used. */
export async function requireUnused(query: Query): Promise<void> {
  const row = onlyRow(
    await query('SELECT EXISTS (SELECT FROM logs WHERE seq > 0) OR EXISTS (SELECT FROM records) AS used'),
  );
  if (row['used'] === true)
    throw new OperatorError(
      'The database has notes already, so nothing was restored. Set DATAANS_DATABASE to an empty database.',
    );
}

/** Makes a log in the place of one that nobody has used: all of it, or nothing if the work fails. // SRV-37 */
export async function importIntoPostgres<Result>(
  { transact }: PostgresDatabase,
  options: { readonly hash: Hash; readonly log: LogId },
  work: (importer: LogImporter) => Promise<Result>,
): Promise<Result> {
  const { hash, log } = options;
  return transact(async (query) => {
    await query('SELECT version FROM schema_version FOR UPDATE');
    await requireUnused(query);
    await query('DELETE FROM logs');
    const start = startChain(hash, log);
    await query('INSERT INTO logs (log, start, seq, chain) VALUES ($1, $2, 0, $2)', [log, start]);
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
