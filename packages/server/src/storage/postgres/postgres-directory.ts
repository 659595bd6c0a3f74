import { startChain, type Hash, type LogId } from '@dataans/core';
import {
  waitingMax,
  type Account,
  type AccountId,
  type Directory,
  type NewAccount,
  type SignIn,
  type SignInKey,
} from '../../stores/directory.ts';
import type { PostgresDatabase, Query, Row } from './database.ts';
import { numberOf, numberOrNullOf, onlyRow, textOf } from './row.ts';

export interface PostgresDirectoryParts {
  readonly database: PostgresDatabase;
  readonly hash: Hash;
  readonly newLogId: () => LogId;
}

/** Thrown to undo an account that somebody else has made meanwhile. */
class MadeMeanwhile extends Error {
  override readonly name = 'MadeMeanwhile';
}

/** The accounts of a database. Each has its log from the beginning: both are made in one transaction. // SRV-118 */
export function createPostgresDirectory(parts: PostgresDirectoryParts): Directory {
  const reads = createReads(parts.database);
  return { ...reads, ...createWrites(parts, reads), close: async () => {} };
}

type Reads = 'find' | 'findBySignIn' | 'findByToken' | 'list' | 'listSignIns' | 'listWaiting' | 'countTokens';

function createReads({ query }: PostgresDatabase): Pick<Directory, Reads> {
  const first = async (where: string, values: readonly unknown[]): Promise<Account | null> => {
    const { rows } = await query(`SELECT accounts.* FROM accounts ${where}`, values);
    return rows[0] === undefined ? null : rowToAccount(rows[0]);
  };
  return {
    find: (id) => first('WHERE id = $1', [id]),
    findBySignIn: (key) =>
      first(
        'JOIN sign_ins ON sign_ins.account = accounts.id WHERE method = $1 AND issuer = $2 AND subject = $3',
        valuesOf(key),
      ),
    findByToken: async (hashOfToken) => {
      const { rows } = await query('SELECT account FROM tokens WHERE hash = $1', [hashOfToken]);
      return typeof rows[0]?.['account'] === 'string' ? accountIdOf(rows[0], 'account') : null;
    },
    list: async () => (await query('SELECT * FROM accounts ORDER BY created, id')).rows.map(rowToAccount),
    listSignIns: async () =>
      (await query('SELECT * FROM sign_ins ORDER BY name, method, issuer, subject')).rows.map((row) => ({
        ...rowToSignIn(row),
        account: accountIdOf(row, 'account'),
      })),
    listWaiting: async () =>
      (await query('SELECT * FROM waiting ORDER BY tried DESC, name')).rows.map((row) => ({
        ...rowToSignIn(row),
        tried: numberOf(row, 'tried'),
      })),
    countTokens: async () =>
      numberOf(
        onlyRow(await query('SELECT count(*) AS count FROM tokens WHERE account IS NOT NULL')),
        'count',
      ),
  };
}

function createWrites(
  parts: PostgresDirectoryParts,
  { findBySignIn }: Pick<Directory, 'findBySignIn'>,
): Omit<Directory, Reads | 'close'> {
  const { query, transact } = parts.database;
  return {
    add: async (account) => void (await transact((on) => addWithLog(parts, on, account))),
    enrol: async (signIn, account) => {
      const known = await findBySignIn(signIn);
      if (known !== null) return known;
      try {
        return await transact(async (on) => {
          const made = await addWithLog(parts, on, account);
          if ((await insertSignIn(on, signIn, account.id)) === 0) throw new MadeMeanwhile();
          await stopWaiting(on, signIn);
          return made;
        });
      } catch (error) {
        const theirs = error instanceof MadeMeanwhile ? await findBySignIn(signIn) : null;
        if (theirs === null) throw error;
        return theirs;
      }
    },
    link: (signIn, account) =>
      transact(async (on) => {
        if ((await insertSignIn(on, signIn, account)) === 0)
          await on(
            'UPDATE sign_ins SET name = $4, account = $5 WHERE method = $1 AND issuer = $2 AND subject = $3',
            [...valuesOf(signIn), signIn.name, account],
          );
        await stopWaiting(on, signIn);
      }),
    noteWaiting: (signIn) =>
      transact(async (on) => {
        await on(
          `INSERT INTO waiting (method, issuer, subject, name, tried) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (method, issuer, subject) DO UPDATE SET name = excluded.name, tried = excluded.tried`,
          [...valuesOf(signIn), signIn.name, signIn.tried],
        );
        await on(
          `DELETE FROM waiting WHERE (method, issuer, subject) NOT IN
           (SELECT method, issuer, subject FROM waiting ORDER BY tried DESC LIMIT $1)`,
          [waitingMax],
        );
      }),
    // The row of a token has its account.
    noteToken: async () => {},
    noteLog: async (account, log) =>
      void (await query('UPDATE accounts SET log = $2 WHERE id = $1', [account, log])),
    setClosed: async (account, at) =>
      void (await query('UPDATE accounts SET closed = $2 WHERE id = $1', [account, at])),
    setQuota: async (account, bytes) =>
      void (await query('UPDATE accounts SET quota = $2 WHERE id = $1', [account, bytes])),
    // Each gets an empty log: a restore puts its own in that place.
    addAll: ({ accounts, signIns }) =>
      transact(async (on) => {
        for (const account of accounts) {
          const { id, closed, quota } = account;
          if ((await on('SELECT FROM accounts WHERE id = $1', [id])).count > 0) continue;
          await addWithLog(parts, on, account);
          await on('UPDATE accounts SET closed = $2, quota = $3 WHERE id = $1', [id, closed, quota]);
        }
        for (const signIn of signIns) await insertSignIn(on, signIn, signIn.account);
      }),
  };
}

async function addWithLog(
  { hash, newLogId }: PostgresDirectoryParts,
  on: Query,
  { id, name, created }: NewAccount,
): Promise<Account> {
  const log = newLogId();
  await on('INSERT INTO logs (log, start, seq, chain) VALUES ($1, $2, 0, $2)', [log, startChain(hash, log)]);
  // Nobody else has a log of this id, so that the bucket has nothing of it.
  await on('INSERT INTO filled_indexes (log) VALUES ($1)', [log]);
  await on('INSERT INTO accounts (id, name, created, log) VALUES ($1, $2, $3, $4)', [id, name, created, log]);
  return { id, name, created, closed: null, quota: null, log };
}

async function insertSignIn(on: Query, signIn: SignIn, account: AccountId): Promise<number> {
  const { count } = await on(
    'INSERT INTO sign_ins (method, issuer, subject, name, account) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    [...valuesOf(signIn), signIn.name, account],
  );
  return count;
}

async function stopWaiting(on: Query, key: SignInKey): Promise<void> {
  await on('DELETE FROM waiting WHERE method = $1 AND issuer = $2 AND subject = $3', valuesOf(key));
}

function valuesOf({ method, issuer, subject }: SignInKey): readonly string[] {
  return [method, issuer, subject];
}

function rowToAccount(row: Row): Account {
  return {
    id: accountIdOf(row, 'id'),
    name: textOf(row, 'name'),
    created: numberOf(row, 'created'),
    closed: numberOrNullOf(row, 'closed'),
    quota: numberOrNullOf(row, 'quota'),
    // Made by us, and written by PostgreSQL as we do.
    log: textOf(row, 'log') as LogId,
  };
}

function rowToSignIn(row: Row): SignIn {
  return {
    method: textOf(row, 'method'),
    issuer: textOf(row, 'issuer'),
    subject: textOf(row, 'subject'),
    name: textOf(row, 'name'),
  };
}

function accountIdOf(row: Row, column: string): AccountId {
  // The same.
  return textOf(row, column) as AccountId;
}
