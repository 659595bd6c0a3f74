import { parseChunkName, type ChunkName } from '@dataans/core';
import type { ChunkIndex } from '../../chunks/chunk-index.ts';
import type { StoredChunk } from '../../chunks/chunk-store.ts';
import { integerOf, onlyRow, textOf } from './row.ts';
import type { Migration, RunCall, Sql, SqlRow } from './sql.ts';

export const chunkIndexMigrations: readonly Migration[] = [
  ({ rows }) => {
    rows(`CREATE TABLE place (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      text TEXT NOT NULL,
      filled INTEGER NOT NULL,
      count INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT`);
    rows('CREATE TABLE chunks (name TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID');
  },
];

export interface SqlChunkIndex extends ChunkIndex {
  /** Where the chunks lie that it knows. */
  readonly place: string;
}

/**
 * An index of chunks in an SQLite database. It holds nothing that a list of the place would not give, and so it is in
 * no backup.
 *
 * @param newPlace what a new index says of where its chunks lie
 */
export function createSqlChunkIndex(sql: Sql, run: RunCall, newPlace: string): SqlChunkIndex {
  const { rows, transact } = sql;
  const write = <Result>(work: () => Result) => run(() => transact(work));
  const readPlace = () => onlyRow(rows('SELECT * FROM place'));
  const sizeOf = (name: ChunkName): number | null => {
    const [row] = rows('SELECT size FROM chunks WHERE name = ?', name);
    return row === undefined ? null : integerOf(row, 'size');
  };
  const count = (chunks: number, bytes: number): void =>
    void rows('UPDATE place SET count = count + ?, bytes = bytes + ?', chunks, bytes);
  const addOne = ({ name, size }: StoredChunk): void => {
    const before = sizeOf(name);
    if (before === size) return;
    rows(
      'INSERT INTO chunks (name, size) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET size = excluded.size',
      name,
      size,
    );
    count(before === null ? 1 : 0, size - (before ?? 0));
  };
  rows(
    'INSERT INTO place (only, text, filled, count, bytes) VALUES (1, ?, 0, 0, 0) ON CONFLICT DO NOTHING',
    newPlace,
  );
  return {
    place: textOf(readPlace(), 'text'),
    size: (name) => run(() => sizeOf(name)),
    missing: (names) => run(() => names.filter((name) => sizeOf(name) === null)),
    list: (after, limit) =>
      run(() =>
        rows('SELECT name, size FROM chunks WHERE name > ? ORDER BY name LIMIT ?', after ?? '', limit).map(
          rowToChunk,
        ),
      ),
    usage: () =>
      run(() => {
        const row = readPlace();
        return { count: integerOf(row, 'count'), bytes: integerOf(row, 'bytes') };
      }),
    add: (chunks) => write(() => chunks.forEach(addOne)),
    remove: (name) =>
      write(() => {
        const before = sizeOf(name);
        if (before === null) return;
        rows('DELETE FROM chunks WHERE name = ?', name);
        count(-1, -before);
      }),
    isFilled: () => run(() => integerOf(readPlace(), 'filled') === 1),
    markFilled: () => write(() => void rows('UPDATE place SET filled = 1')),
  };
}

function rowToChunk(row: SqlRow): StoredChunk {
  const name = parseChunkName(textOf(row, 'name'));
  if (name === null) throw new TypeError('The index has something else in the place of a name.');
  return { name, size: integerOf(row, 'size') };
}
