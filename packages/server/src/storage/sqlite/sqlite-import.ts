import { bytesToUuid, chainFrames, type Frame, type Hash, type LogId } from '@dataans/core';
import type { LogImporter } from '../../log/log-importer.ts';
import { openDatabase } from './database.ts';
import { logMigrations } from '../sql/log-schema.ts';
import { blobOf, integerOf } from '../sql/row.ts';
import { createRunCall } from './store-call.ts';
import { transact } from './transaction.ts';

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
  const insert = database.prepare(
    'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, ?, ?, ?)',
  );
  const readHead = () => {
    const origin = database.prepare('SELECT id, start FROM log').get() ?? {};
    if (bytesToUuid(blobOf(origin, 'id')) !== log) throw new TypeError('The copy is of another log.');
    const row = database.prepare('SELECT seq, chain FROM operations ORDER BY seq DESC LIMIT 1').get();
    return row === undefined
      ? { log, seq: 0, chain: blobOf(origin, 'start') }
      : { log, seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') };
  };
  let head = readHead();
  const store = (frames: readonly Frame[]): void => {
    const chains = chainFrames(hash, head.chain, frames);
    transact(database, () => {
      for (const [index, { id, kind, body }] of frames.entries())
        insert.run(head.seq + 1 + index, id, kind === 'envelope' ? 0 : 1, body, chains[index] ?? null);
    });
    head = { log, seq: head.seq + frames.length, chain: chains.at(-1) ?? head.chain };
  };
  return {
    head: () => head,
    append: (frames) => run(() => store(frames)),
    putRecord: (record) =>
      run(() =>
        transact(
          database,
          () =>
            void database
              .prepare(
                'INSERT INTO account (only, record) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET record = excluded.record',
              )
              .run(record),
        ),
      ),
    close: () => database.close(),
  };
}
