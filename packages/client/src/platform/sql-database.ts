/** What a column can hold here: integers as numbers, blobs as bytes. */
export type SqlValue = null | number | string | Uint8Array;

export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A prepared statement; parameters are positional (`?`). */
export interface SqlStatement {
  run(...parameters: readonly SqlValue[]): { readonly changes: number };
  get(...parameters: readonly SqlValue[]): SqlRow | undefined;
  all(...parameters: readonly SqlValue[]): readonly SqlRow[];
  /** Rows one by one. No other use of this statement until the loop has ended. */
  iterate(...parameters: readonly SqlValue[]): IterableIterator<SqlRow>;
}

/**
 * The little of SQLite that the store needs, synchronous on every platform: `node:sqlite` on Node,
 * the official WASM build in a worker of a browser. Opened by the adapter in WAL mode with
 * `synchronous=FULL`, so that what is committed is on disk. SQL may call `sha256(bytes)`.
 */
export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  /**
   * Has what is committed on its way to disk without waiting for it, where the platform can: the next commit that
   * waits then has less to wait for. Never fails, and promises nothing.
   */
  beginFlush(): void;
  close(): void;
}
