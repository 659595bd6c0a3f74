import type { SQLOutputValue } from 'node:sqlite';
import { parseChunkName, type ChunkName } from '@dataans/core';
import type { ChunkIndex } from '../../chunks/chunk-index.ts';
import type { StoredChunk } from '../../chunks/chunk-store.ts';
import { openDatabase } from './database.ts';
import type { Migration } from './migrate.ts';
import { integerOf, textOf } from '../sql/row.ts';
import { createRunCall } from './store-call.ts';
import { transact } from './transaction.ts';

const migrations: readonly Migration[] = [
  (database) =>
    database.exec(`
      CREATE TABLE place (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        text TEXT NOT NULL,
        filled INTEGER NOT NULL,
        count INTEGER NOT NULL,
        bytes INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE chunks (name TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;`),
];

export interface SqliteChunkIndex extends ChunkIndex {
  /** Where the chunks lie that it knows. */
  readonly place: string;
  close(): Promise<void>;
}

/**
 * An index of chunks in an SQLite database of its own, made where there is none. It holds nothing that a list of the
 * place would not give, and so it is in no backup.
 *
 * @param newPlace what a new index says of where its chunks lie
 */
export function openSqliteChunkIndex(path: string, newPlace: string): SqliteChunkIndex {
  const database = openDatabase(path, migrations);
  const run = createRunCall(path);
  const write = <Result>(work: () => Result) => run(() => transact(database, work));
  database
    .prepare(
      'INSERT INTO place (only, text, filled, count, bytes) VALUES (1, ?, 0, 0, 0) ON CONFLICT DO NOTHING',
    )
    .run(newPlace);
  const readPlace = database.prepare('SELECT * FROM place');
  const requirePlace = () => {
    const row = readPlace.get();
    if (row === undefined) throw new TypeError('The index says nothing of its place.');
    return row;
  };
  const find = database.prepare('SELECT size FROM chunks WHERE name = ?');
  const list = database.prepare('SELECT name, size FROM chunks WHERE name > ? ORDER BY name LIMIT ?');
  const upsert = database.prepare(
    'INSERT INTO chunks (name, size) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET size = excluded.size',
  );
  const remove = database.prepare('DELETE FROM chunks WHERE name = ?');
  const count = database.prepare('UPDATE place SET count = count + ?, bytes = bytes + ?');
  const markFilled = database.prepare('UPDATE place SET filled = 1');

  const sizeOf = (name: ChunkName): number | null => {
    const row = find.get(name);
    return row === undefined ? null : integerOf(row, 'size');
  };
  const addOne = ({ name, size }: StoredChunk): void => {
    const before = sizeOf(name);
    if (before === size) return;
    upsert.run(name, size);
    count.run(before === null ? 1 : 0, size - (before ?? 0));
  };
  return {
    place: textOf(requirePlace(), 'text'),
    size: (name) => run(() => sizeOf(name)),
    missing: (names) => run(() => names.filter((name) => sizeOf(name) === null)),
    list: (after, limit) => run(() => list.all(after ?? '', limit).map(rowToChunk)),
    usage: () =>
      run(() => {
        const row = requirePlace();
        return { count: integerOf(row, 'count'), bytes: integerOf(row, 'bytes') };
      }),
    add: (chunks) => write(() => chunks.forEach(addOne)),
    remove: (name) =>
      write(() => {
        const before = sizeOf(name);
        if (before === null) return;
        remove.run(name);
        count.run(-1, -before);
      }),
    isFilled: () => run(() => integerOf(requirePlace(), 'filled') === 1),
    markFilled: () => write(() => void markFilled.run()),
    close: async () => database.close(),
  };
}

function rowToChunk(row: Record<string, SQLOutputValue>): StoredChunk {
  const name = parseChunkName(textOf(row, 'name'));
  if (name === null) throw new TypeError('The index has something else in the place of a name.');
  return { name, size: integerOf(row, 'size') };
}
