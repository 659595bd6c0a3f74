import initializeSqlite from '@sqlite.org/sqlite-wasm';
import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** The C functions that run for each row; called without the wrappers of the package, which cost more than the work. */
export interface SqliteFunctions {
  sqlite3_bind_null(statement: number, place: number): number;
  sqlite3_bind_double(statement: number, place: number, value: number): number;
  sqlite3_bind_text(statement: number, place: number, start: number, bytes: number, owner: number): number;
  sqlite3_bind_blob(statement: number, place: number, start: number, bytes: number, owner: number): number;
  sqlite3_step(statement: number): number;
  sqlite3_reset(statement: number): number;
  sqlite3_clear_bindings(statement: number): number;
  sqlite3_column_count(statement: number): number;
  sqlite3_column_type(statement: number, column: number): number;
  sqlite3_column_double(statement: number, column: number): number;
  sqlite3_column_text(statement: number, column: number): number;
  sqlite3_column_blob(statement: number, column: number): number;
  sqlite3_column_bytes(statement: number, column: number): number;
  sqlite3_changes(database: number): number;
}

/** The official WASM build of SQLite. */
export interface WasmSqlite {
  readonly api: Sqlite3Static;
  readonly functions: SqliteFunctions;
  /** What the file system said when it last failed, once: SQLite itself only says that it did. */
  takeFileFault(): unknown;
}

let loading: Promise<WasmSqlite> | null = null;

/** Once for each worker; what could not be fetched is fetched again by the next call. */
export function loadWasmSqlite(): Promise<WasmSqlite> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<WasmSqlite> {
  let fileFault: unknown = null;
  const settings = {
    // Neither is used, and the first would start a second worker where the page is cross-origin isolated.
    disable: { vfs: { opfs: true, 'opfs-wl': true } },
    error: (...said: readonly unknown[]) => {
      fileFault = said.find((part) => part instanceof Error) ?? fileFault;
    },
    warn: () => undefined,
  };
  // The package takes its settings from this global, and removes it when it has.
  Object.assign(globalThis, { sqlite3ApiConfig: settings });
  const api = await initializeSqlite();
  return {
    api,
    // The package types its exports as anything; these are the C functions by their names.
    functions: api.wasm.exports as SqliteFunctions,
    takeFileFault: () => {
      const taken = fileFault;
      fileFault = null;
      return taken;
    },
  };
}
