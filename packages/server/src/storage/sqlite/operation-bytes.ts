import { DatabaseSync } from 'node:sqlite';
import { integerOf, onlyRow } from '../sql/row.ts';
import { createSql } from './create-sql.ts';

/** Bytes of all operations in the log of a file that is open elsewhere. Reads the length of each. */
export function countOperationBytes(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const { rows } = createSql(database);
    return integerOf(
      onlyRow(rows('SELECT coalesce(sum(length(body)), 0) AS bytes FROM operations')),
      'bytes',
    );
  } finally {
    database.close();
  }
}
