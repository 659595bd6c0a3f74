import type { StoredToken, TokenStore } from '../../stores/token-store.ts';
import { blobOf, integerOf, integerOrNullOf, textOf } from './row.ts';
import type { Migration, RunCall, Sql, SqlRow } from './sql.ts';

export const tokenMigrations: readonly Migration[] = [
  ({ rows }) => {
    rows(`CREATE TABLE tokens (
      hash BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      created INTEGER NOT NULL,
      expires INTEGER,
      last_used INTEGER,
      revoked INTEGER
    ) STRICT`);
    rows('CREATE UNIQUE INDEX tokens_in_force ON tokens (name) WHERE revoked IS NULL');
  },
];

/** Tokens in an SQLite database. // SRV-25 */
export function createSqlTokens({ rows, transact }: Sql, run: RunCall): Omit<TokenStore, 'close'> {
  const write = <Result>(work: () => Result) => run(() => transact(work));
  return {
    add: ({ hash, name, created, expires }) =>
      write(() => {
        const added = rows(
          'INSERT INTO tokens (hash, name, created, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1',
          hash,
          name,
          created,
          expires,
        );
        return added.length === 1;
      }),
    find: (hash) =>
      run(() => {
        const [row] = rows('SELECT * FROM tokens WHERE hash = ?', hash);
        return row === undefined ? null : rowToToken(row);
      }),
    list: () => run(() => rows('SELECT * FROM tokens ORDER BY created, rowid').map(rowToToken)),
    revoke: (name, at) =>
      write(() => {
        const revoked = rows(
          'UPDATE tokens SET revoked = ? WHERE name = ? AND revoked IS NULL RETURNING 1',
          at,
          name,
        );
        return revoked.length === 1;
      }),
    touch: (hash, at) => write(() => void rows('UPDATE tokens SET last_used = ? WHERE hash = ?', at, hash)),
  };
}

function rowToToken(row: SqlRow): StoredToken {
  return {
    hash: blobOf(row, 'hash'),
    name: textOf(row, 'name'),
    created: integerOf(row, 'created'),
    expires: integerOrNullOf(row, 'expires'),
    lastUsed: integerOrNullOf(row, 'last_used'),
    revoked: integerOrNullOf(row, 'revoked'),
  };
}
