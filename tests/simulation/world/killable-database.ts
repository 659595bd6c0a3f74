import type { SqlDatabase, SqlStatement } from '../../../packages/client/src/platform/sql-database.ts';
import { EndOfLife, type Life } from '../engine/life.ts';

/** A database whose process can end at any of its statements, in the middle of a transaction too. */
export interface KillableDatabase extends SqlDatabase {
  /** The process ends at the statement after so many. */
  endAfter(statements: number): void;
}

/** @param onSynced called when all that was committed so far is on the disk */
export function createKillableDatabase(
  database: SqlDatabase,
  life: Life,
  onSynced: () => void,
): KillableDatabase {
  let waitsForDisk = true;
  let left = Infinity;
  const meet = (): void => {
    left -= 1;
    if (left < 0) life.end();
    if (!life.isAlive()) throw new EndOfLife(life);
  };
  return {
    exec: (sql) => {
      meet();
      database.exec(sql);
      if (sql.startsWith('PRAGMA synchronous')) waitsForDisk = sql.endsWith('FULL');
      if (sql === 'COMMIT' && waitsForDisk) onSynced();
    },
    prepare: (sql) => wrapStatement(database.prepare(sql), meet),
    beginFlush: meet, // A disk that is only at work may lose everything as well.
    close: () => database.close(),
    endAfter: (statements) => {
      left = statements;
    },
  };
}

function wrapStatement(statement: SqlStatement, meet: () => void): SqlStatement {
  return {
    run: (...parameters) => {
      meet();
      return statement.run(...parameters);
    },
    get: (...parameters) => {
      meet();
      return statement.get(...parameters);
    },
    all: (...parameters) => {
      meet();
      return statement.all(...parameters);
    },
    iterate: (...parameters) => {
      meet();
      return statement.iterate(...parameters);
    },
  };
}
