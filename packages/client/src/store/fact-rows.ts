import type { SqlDatabase } from '../platform/sql-database.ts';
import type { Facts } from './facts.ts';
import { readText } from './row-values.ts';

/** Facts within a transaction of somebody else. */
export function createFactRows(database: SqlDatabase): Facts {
  const select = database.prepare('SELECT value FROM facts WHERE name = ?');
  const replace = database.prepare('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)');
  return {
    read: (name) => {
      const row = select.get(name);
      return row === undefined ? null : readText(row, 'value');
    },
    write: (name, value) => {
      replace.run(name, value);
    },
  };
}
