import type { SqlDatabase } from '../platform/sql-database.ts';

/**
 * When a commit is on disk: before it returns, or with the next one that is, for what the server holds as
 * well and is asked for again where a failing computer loses it. `under-way` is the latter with the disk at
 * work meanwhile, for much with more behind it. In each case the order stays. // STO-20
 */
export type Durability = 'at-once' | 'under-way' | 'soon';

/** Work done whole or not at all. The work is synchronous: nothing else runs meanwhile. // STO-1 */
export interface Transactions {
  /** Waits for writers of other processes, then keeps them out. */
  write<Result>(work: () => Result, durability?: Durability): Result;
  /** All reads see one moment. */
  read<Result>(work: () => Result): Result;
}

export function createTransactions(database: SqlDatabase): Transactions {
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
  const runSoon = <Result>(work: () => Result): Result => {
    database.exec('PRAGMA synchronous = NORMAL');
    try {
      return run('BEGIN IMMEDIATE', work);
    } finally {
      database.exec('PRAGMA synchronous = FULL');
    }
  };
  return {
    write: (work, durability = 'at-once') => {
      const result = durability === 'at-once' ? run('BEGIN IMMEDIATE', work) : runSoon(work);
      if (durability === 'under-way') database.beginFlush();
      return result;
    },
    read: (work) => run('BEGIN', work),
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
