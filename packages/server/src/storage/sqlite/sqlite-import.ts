import { bytesToUuid, chainFrames, type Frame, type Hash, type LogId } from '@dataans/core';
import type { LogImporter } from '../../log/log-importer.ts';
import { logMigrations } from '../sql/log-schema.ts';
import { blobOf, integerOf, onlyRow } from '../sql/row.ts';
import { createSql } from './create-sql.ts';
import { openDatabase } from './database.ts';
import { createRunCall } from './store-call.ts';

/** Begins a copy of a log in an SQLite database, or goes on with one. Close it before it is opened as a log. */
export function openSqliteImport(options: {
  readonly path: string;
  readonly hash: Hash;
  readonly log: LogId;
}): LogImporter & { close(): void } {
  const { path, hash, log } = options;
  const run = createRunCall(path);
  const database = openDatabase(
    path,
    logMigrations(() => log, hash),
  );
  const { rows, transact } = createSql(database);
  const readHead = () => {
    const origin = onlyRow(rows('SELECT id, start FROM log'));
    if (bytesToUuid(blobOf(origin, 'id')) !== log) throw new TypeError('The copy is of another log.');
    const [row] = rows('SELECT seq, chain FROM operations ORDER BY seq DESC LIMIT 1');
    return row === undefined
      ? { log, seq: 0, chain: blobOf(origin, 'start') }
      : { log, seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') };
  };
  let head = readHead();
  const store = (frames: readonly Frame[]): void => {
    const chains = chainFrames(hash, head.chain, frames);
    transact(() => {
      for (const [index, { id, kind, body }] of frames.entries())
        rows(
          'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, ?, ?, ?)',
          head.seq + 1 + index,
          id,
          kind === 'envelope' ? 0 : 1,
          body,
          chains[index] ?? null,
        );
    });
    head = { log, seq: head.seq + frames.length, chain: chains.at(-1) ?? head.chain };
  };
  return {
    head: () => head,
    append: (frames) => run(() => store(frames)),
    putRecord: (record) =>
      run(() =>
        transact(
          () =>
            void rows(
              'INSERT INTO account (only, record) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET record = excluded.record',
              record,
            ),
        ),
      ),
    close: () => database.close(),
  };
}
