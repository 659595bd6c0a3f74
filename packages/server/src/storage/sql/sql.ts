export type SqlValue = number | string | Uint8Array | null;

/** A number comes as one, a blob as a `Uint8Array`. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** An SQLite database as the stores use it, wherever it runs. What a call does is done when it returns. */
export interface Sql {
  /** Runs one statement, and gives all of its rows. */
  rows(statement: string, ...values: readonly SqlValue[]): readonly SqlRow[];
  /** Runs one write transaction: what the work throws undoes all of it. */
  transact<Result>(work: () => Result): Result;
}

/** Runs one call of a store: what the database throws becomes an error that every store has. */
export type RunCall = <Result>(work: () => Result) => Promise<Result>;

/** Brings a schema from the version of its place in a list to the next. */
export type Migration = (sql: Sql) => void;
