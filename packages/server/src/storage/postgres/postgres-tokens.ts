import type { AccountId } from '../../stores/directory.ts';
import type { StoredToken, TokenStore } from '../../stores/token-store.ts';
import type { Query, Row } from './database.ts';
import { bytesOf, numberOf, numberOrNullOf, textOf } from './row.ts';

/**
 * Tokens in a table: a change is seen by the next request of any process. One is found whosever it is. // SRV-25
 *
 * @param account whose tokens are listed and changed. Default: those of a server with one account.
 */
export function createPostgresTokens(query: Query, account: AccountId | null = null): TokenStore {
  return {
    add: async ({ hash, name, created, expires }) =>
      (
        await query(
          'INSERT INTO tokens (hash, name, created, expires, account) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
          [hash, name, created, expires, account],
        )
      ).count === 1,
    find: async (hash) => {
      const { rows } = await query('SELECT * FROM tokens WHERE hash = $1', [hash]);
      return rows[0] === undefined ? null : rowToToken(rows[0]);
    },
    list: async () =>
      (
        await query('SELECT * FROM tokens WHERE account IS NOT DISTINCT FROM $1 ORDER BY created, hash', [
          account,
        ])
      ).rows.map(rowToToken),
    revoke: async (name, at) =>
      (
        await query(
          'UPDATE tokens SET revoked = $1 WHERE name = $2 AND revoked IS NULL AND account IS NOT DISTINCT FROM $3',
          [at, name, account],
        )
      ).count === 1,
    touch: async (hash, at) =>
      void (await query('UPDATE tokens SET last_used = $1 WHERE hash = $2', [at, hash])),
    close: async () => {},
  };
}

function rowToToken(row: Row): StoredToken {
  return {
    hash: bytesOf(row, 'hash'),
    name: textOf(row, 'name'),
    created: numberOf(row, 'created'),
    expires: numberOrNullOf(row, 'expires'),
    lastUsed: numberOrNullOf(row, 'last_used'),
    revoked: numberOrNullOf(row, 'revoked'),
    // As we gave it.
    ...(typeof row['account'] === 'string' && { account: row['account'] as AccountId }),
  };
}
