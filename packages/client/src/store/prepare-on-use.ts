import type { SqlDatabase, SqlStatement } from '../platform/sql-database.ts';

/** The database, with statements prepared at their first use: a store has a hundred, and most commands need a few. */
export function prepareOnUse(database: SqlDatabase): SqlDatabase {
  return {
    exec: (sql) => database.exec(sql),
    beginFlush: () => database.beginFlush(),
    close: () => database.close(),
    prepare: (sql) => {
      let prepared: SqlStatement | null = null;
      const use = (): SqlStatement => (prepared ??= database.prepare(sql));
      return {
        run: (...parameters) => use().run(...parameters),
        get: (...parameters) => use().get(...parameters),
        all: (...parameters) => use().all(...parameters),
        iterate: (...parameters) => use().iterate(...parameters),
      };
    },
  };
}
