import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sql } from '../sql/sql.ts';

/** Keeps every statement prepared that was run once: they are few, and none is made of what somebody sent. */
export function createSql(database: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const prepare = (statement: string): StatementSync => {
    const known = prepared.get(statement) ?? database.prepare(statement);
    prepared.set(statement, known);
    return known;
  };
  return {
    rows: (statement, ...values) => prepare(statement).all(...values),
    transact: (work) => transact(database, work),
  };
}

function transact<Result>(database: DatabaseSync, work: () => Result): Result {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some failures, a full disk among them.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
