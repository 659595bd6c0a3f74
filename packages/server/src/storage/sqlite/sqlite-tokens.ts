import type { SQLOutputValue } from 'node:sqlite';
import type { StoredToken, TokenStore } from '../../stores/token-store.ts';
import { openDatabase } from './database.ts';
import type { Migration } from './migrate.ts';
import { blobOf, integerOf, integerOrNullOf, textOf } from '../sql/row.ts';
import { createRunCall } from './store-call.ts';
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

  const run = createRunCall(path);
  const write = <Result>(work: () => Result) => run(() => transact(database, work));
  return {
    add: ({ hash, name, created, expires }) =>
      write(() => insert.run(hash, name, created, expires).changes === 1),
    find: (hash) =>
      run(() => {
        const row = find.get(hash);
        return row === undefined ? null : rowToToken(row);
      }),
    list: () => run(() => list.all().map(rowToToken)),
    revoke: (name, at) => write(() => revoke.run(at, name).changes === 1),
    touch: (hash, at) => write(() => void touch.run(at, hash)),
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
