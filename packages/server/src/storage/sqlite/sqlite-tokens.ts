import type { TokenStore } from '../../stores/token-store.ts';
import { createSqlTokens, tokenMigrations } from '../sql/sql-tokens.ts';
import { createSql } from './create-sql.ts';
import { openDatabase } from './database.ts';
import { createRunCall } from './store-call.ts';

/** Tokens in an SQLite file of their own, made where there is none. // SRV-25 */
export function openSqliteTokens({ path }: { readonly path: string }): TokenStore {
  const database = openDatabase(path, tokenMigrations);
  const tokens = createSqlTokens(createSql(database), createRunCall(path));
  return { ...tokens, close: async () => database.close() };
}
