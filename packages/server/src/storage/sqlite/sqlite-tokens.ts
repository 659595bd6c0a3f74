import type { SQLOutputValue } from 'node:sqlite';
import type { StoredToken, TokenStore } from '../../stores/token-store.ts';
import { openDatabase } from './database.ts';
import type { Migration } from './migrate.ts';
import { blobOf, integerOf, integerOrNullOf, textOf } from './row.ts';
import { transact } from './transaction.ts';

const migrations: readonly Migration[] = [
  (database) =>
    database.exec(`
      CREATE TABLE tokens (
        hash BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        created INTEGER NOT NULL,
        expires INTEGER,
        last_used INTEGER,
        revoked INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX tokens_in_force ON tokens (name) WHERE revoked IS NULL;`),
];

/** Tokens in an SQLite database of their own, made where there is none. // SRV-25 */
export function openSqliteTokens({ path }: { readonly path: string }): TokenStore {
  const database = openDatabase(path, migrations);
  const insert = database.prepare(
    'INSERT INTO tokens (hash, name, created, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const find = database.prepare('SELECT * FROM tokens WHERE hash = ?');
  const list = database.prepare('SELECT * FROM tokens ORDER BY created, rowid');
  const revoke = database.prepare('UPDATE tokens SET revoked = ? WHERE name = ? AND revoked IS NULL');
  const touch = database.prepare('UPDATE tokens SET last_used = ? WHERE hash = ?');

  return {
    add: async ({ hash, name, created, expires }) =>
      transact(database, () => insert.run(hash, name, created, expires).changes === 1),
    find: async (hash) => {
      const row = find.get(hash);
      return row === undefined ? null : rowToToken(row);
    },
    list: async () => list.all().map(rowToToken),
    revoke: async (name, at) => transact(database, () => revoke.run(at, name).changes === 1),
    touch: async (hash, at) => transact(database, () => void touch.run(at, hash)),
    close: async () => database.close(),
  };
}

function rowToToken(row: Record<string, SQLOutputValue>): StoredToken {
  return {
    hash: blobOf(row, 'hash'),
    name: textOf(row, 'name'),
    created: integerOf(row, 'created'),
    expires: integerOrNullOf(row, 'expires'),
    lastUsed: integerOrNullOf(row, 'last_used'),
    revoked: integerOrNullOf(row, 'revoked'),
  };
}
