import { sha256 } from '@noble/hashes/sha2.js';
import type { Database } from '@sqlite.org/sqlite-wasm';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { createWasmScratch } from './wasm-scratch.ts';
import type { WasmSqlite } from './wasm-sqlite.ts';
import { createWasmStatement, type StatementOwner } from './wasm-statement.ts';

/** @param database open; from now on this closes it, with every statement that was prepared on it */
export function createWasmDatabase(sqlite: WasmSqlite, database: Database): SqlDatabase {
  const { capi, wasm } = sqlite.api;
  const scratch = createWasmScratch(wasm);

  database.createFunction('sha256', (_context, bytes) => sha256(requireBytes(bytes)), {
    deterministic: true,
  });
  let address = database.pointer ?? null;

  const pointer = (): number => {
    if (address === null) throw new TypeError('The database is closed.');
    return address;
  };
  const fault = (code: number): Error => {
    const message = capi.sqlite3_errmsg(pointer());
    return sqliteFault(code, message, sqlite.takeFileFault());
  };
  const owner: StatementOwner = { sqlite, scratch, pointer, isOpen: () => address !== null, fault };

  return {
    exec: (sql) => {
      const code = capi.sqlite3_exec(pointer(), sql, 0, 0, 0);
      if (code !== capi.SQLITE_OK) throw fault(code);
    },
    prepare: (sql) => {
      pointer();
      const statement = prepareStatement(sqlite, database, sql);
      return createWasmStatement(owner, statement);
    },
    beginFlush: () => undefined, // A browser flushes a file only while everything waits for it.
    close: () => {
      if (address === null) return;
      address = null;
      database.close();
      scratch.free();
    },
  };
}

function requireBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value === null) return new Uint8Array(); // What the package makes of a blob without bytes.
  throw new TypeError('Only bytes have a SHA-256.');
}

/** Address of the statement; the package keeps it and finalizes it when the database is closed. */
function prepareStatement(sqlite: WasmSqlite, database: Database, sql: string): number {
  try {
    const { pointer } = database.prepare(sql);
    if (pointer === undefined) throw new TypeError('A statement that was just prepared has no address.');
    return pointer;
  } catch (error) {
    if (!(error instanceof sqlite.api.SQLite3Error)) throw error;
    throw sqliteFault(error.resultCode, error.message, sqlite.takeFileFault());
  }
}
