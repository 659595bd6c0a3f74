import type { SqlDatabase } from '../platform/sql-database.ts';

/** Files whose chunks are not all known to be held here. */
export interface IncompleteFileRows {
  add(entity: number): void;
}

export function createIncompleteFileRows(database: SqlDatabase): IncompleteFileRows {
  const insert = database.prepare('INSERT INTO incomplete_files (entity) VALUES (?) ON CONFLICT DO NOTHING');
  return {
    add: (entity) => {
      insert.run(entity);
    },
  };
}
