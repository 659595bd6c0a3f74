import { chunkIndexMigrations, createSqlChunkIndex, type SqlChunkIndex } from '../sql/sql-chunk-index.ts';
import { createSql } from './create-sql.ts';
import { openDatabase } from './database.ts';
import { createRunCall } from './store-call.ts';

export interface SqliteChunkIndex extends SqlChunkIndex {
  close(): Promise<void>;
}

/**
 * An index of chunks in an SQLite file of its own, made where there is none.
 *
 * @param newPlace what a new index says of where its chunks lie
 */
export function openSqliteChunkIndex(path: string, newPlace: string): SqliteChunkIndex {
  const database = openDatabase(path, chunkIndexMigrations);
  const index = createSqlChunkIndex(createSql(database), createRunCall(path), newPlace);
  return { ...index, close: async () => database.close() };
}
