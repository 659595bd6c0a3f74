import type { SqlDatabase } from '../platform/sql-database.ts';

/** Work done whole or not at all. The work is synchronous: nothing else runs meanwhile. // STO-1 */
export interface Transactions {
  /** Waits for writers of other processes, then keeps them out. */
  write<Result>(work: () => Result): Result;
  /** All reads see one moment. */
  read<Result>(work: () => Result): Result;
  /** Transactions that wrote, since the store was opened. */
  writes(): number;
}

export function createTransactions(database: SqlDatabase): Transactions {
  let writes = 0;
  const run = <Result>(begin: string, work: () => Result): Result => {
    database.exec(begin);
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack(database);
      throw error;
    }
  };
  return {
    write: (work) => {
      const result = run('BEGIN IMMEDIATE', work);
      writes += 1;
      return result;
    },
    read: (work) => run('BEGIN', work),
    writes: () => writes,
  };
}

/** After some faults, a full disk among them, SQLite has rolled back by itself. */
function rollBack(database: SqlDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // Nothing is open any more; the fault that led here is what the caller must see.
  }
}
