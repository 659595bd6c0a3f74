import { sqlDatabaseContract } from '../testing/sql-database.contract.ts';
import { createWasmDatabase } from './wasm-database.ts';
import { loadWasmSqlite } from './wasm-sqlite.ts';

sqlDatabaseContract('the WASM build, in memory', makePlace, { durable: false });

async function makePlace() {
  const sqlite = await loadWasmSqlite();
  return {
    open: () => Promise.resolve(createWasmDatabase(sqlite, new sqlite.api.oo1.DB(':memory:', 'c'))),
    remove: () => Promise.resolve(),
  };
}
