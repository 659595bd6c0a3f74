import { bytesToUuid, uuidToBytes, type LogId } from '@dataans/core';
import {
  waitingMax,
  type Account,
  type AccountId,
  type Directory,
  type NewAccount,
  type SignIn,
  type SignInKey,
} from '../../stores/directory.ts';
import { blobOf, integerOf, integerOrNullOf, onlyRow, textOf } from '../sql/row.ts';
import type { Migration, RunCall, Sql, SqlRow } from '../sql/sql.ts';
import { createSql } from './create-sql.ts';
import { openDatabase } from './database.ts';
import { createRunCall } from './store-call.ts';

const migrations: readonly Migration[] = [
  ({ rows }) => {
    rows(`CREATE TABLE accounts (
      id BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      created INTEGER NOT NULL,
      closed INTEGER,
      log BLOB
    ) STRICT`);
    rows(`CREATE TABLE sign_ins (
      method TEXT NOT NULL,
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      name TEXT NOT NULL,
      account BLOB NOT NULL REFERENCES accounts (id),
      PRIMARY KEY (method, issuer, subject)
    ) STRICT, WITHOUT ROWID`);
    rows(`CREATE TABLE waiting (
      method TEXT NOT NULL,
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      name TEXT NOT NULL,
      tried INTEGER NOT NULL,
      PRIMARY KEY (method, issuer, subject)
    ) STRICT, WITHOUT ROWID`);
    rows(`CREATE TABLE tokens (
      hash BLOB PRIMARY KEY,
      account BLOB NOT NULL REFERENCES accounts (id)
    ) STRICT, WITHOUT ROWID`);
  },
  ({ rows }) => void rows('ALTER TABLE accounts ADD COLUMN quota INTEGER'),
];

/** The accounts of a data folder, in an SQLite file of their own, made where there is none. // SRV-110 */
export function openSqliteDirectory({ path }: { readonly path: string }): Directory {
  const database = openDatabase(path, migrations);
  const sql = createSql(database);
  const run = createRunCall(path);
  const steps = createSteps(sql);
  return {
    ...createReads(sql, steps, run),
    ...createWrites(sql, steps, run),
    close: async () => database.close(),
  };
}

type Steps = ReturnType<typeof createSteps>;
type Reads = 'find' | 'findBySignIn' | 'findByToken' | 'list' | 'listSignIns' | 'listWaiting' | 'countTokens';

function createReads({ rows }: Sql, { find, findBySignIn }: Steps, run: RunCall): Pick<Directory, Reads> {
  return {
    find: (id) => run(() => find(id)),
    findBySignIn: (key) => run(() => findBySignIn(key)),
    findByToken: (hash) =>
      run(() => {
        const [row] = rows('SELECT account FROM tokens WHERE hash = ?', hash);
        return row === undefined ? null : accountIdOf(row, 'account');
      }),
    list: () => run(() => rows('SELECT * FROM accounts ORDER BY created, rowid').map(rowToAccount)),
    listSignIns: () =>
      run(() =>
        rows('SELECT * FROM sign_ins ORDER BY name, method, issuer, subject').map((row) => ({
          ...rowToSignIn(row),
          account: accountIdOf(row, 'account'),
        })),
      ),
    listWaiting: () =>
      run(() =>
        rows('SELECT * FROM waiting ORDER BY tried DESC, name').map((row) => ({
          ...rowToSignIn(row),
          tried: integerOf(row, 'tried'),
        })),
      ),
    countTokens: () => run(() => integerOf(onlyRow(rows('SELECT count(*) AS count FROM tokens')), 'count')),
  };
}

function createWrites(
  sql: Sql,
  { findBySignIn, add, link }: Steps,
  run: RunCall,
): Omit<Directory, Reads | 'close'> {
  const { rows } = sql;
  const write = <Result>(work: () => Result) => run(() => sql.transact(work));
  return {
    add: (account) => write(() => add(account)),
    enrol: (signIn, account) =>
      write(() => {
        const known = findBySignIn(signIn);
        if (known !== null) return known;
        add(account);
        link(signIn, account.id);
        return { ...account, closed: null, quota: null, log: null };
      }),
    link: (signIn, account) => write(() => link(signIn, account)),
    noteWaiting: (signIn) =>
      write(() => {
        rows(
          `INSERT INTO waiting (method, issuer, subject, name, tried) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (method, issuer, subject) DO UPDATE SET name = excluded.name, tried = excluded.tried`,
          ...valuesOf(signIn),
          signIn.name,
          signIn.tried,
        );
        rows(
          `DELETE FROM waiting WHERE (method, issuer, subject) NOT IN
           (SELECT method, issuer, subject FROM waiting ORDER BY tried DESC LIMIT ?)`,
          waitingMax,
        );
      }),
    noteToken: (hash, account) =>
      write(() => void rows('INSERT INTO tokens (hash, account) VALUES (?, ?)', hash, uuidToBytes(account))),
    noteLog: (account, log) =>
      write(
        () => void rows('UPDATE accounts SET log = ? WHERE id = ?', uuidToBytes(log), uuidToBytes(account)),
      ),
    setClosed: (account, at) =>
      write(() => void rows('UPDATE accounts SET closed = ? WHERE id = ?', at, uuidToBytes(account))),
    setQuota: (account, bytes) =>
      write(() => void rows('UPDATE accounts SET quota = ? WHERE id = ?', bytes, uuidToBytes(account))),
    addAll: ({ accounts, signIns }) =>
      write(() => {
        for (const { id, name, created, closed, quota, log } of accounts)
          rows(
            `INSERT INTO accounts (id, name, created, closed, quota, log) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING`,
            uuidToBytes(id),
            name,
            created,
            closed,
            quota,
            log === null ? null : uuidToBytes(log),
          );
        for (const signIn of signIns) if (findBySignIn(signIn) === null) link(signIn, signIn.account);
      }),
  };
}

/** What a transaction is made of. */
function createSteps({ rows }: Sql) {
  const first = ([row]: readonly SqlRow[]): Account | null => (row === undefined ? null : rowToAccount(row));
  return {
    find: (id: AccountId) => first(rows('SELECT * FROM accounts WHERE id = ?', uuidToBytes(id))),
    findBySignIn: (key: SignInKey) =>
      first(
        rows(
          `SELECT accounts.* FROM sign_ins JOIN accounts ON accounts.id = sign_ins.account
           WHERE method = ? AND issuer = ? AND subject = ?`,
          ...valuesOf(key),
        ),
      ),
    add: ({ id, name, created }: NewAccount): void =>
      void rows('INSERT INTO accounts (id, name, created) VALUES (?, ?, ?)', uuidToBytes(id), name, created),
    link: (signIn: SignIn, account: AccountId): void => {
      rows(
        `INSERT INTO sign_ins (method, issuer, subject, name, account) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (method, issuer, subject) DO UPDATE SET name = excluded.name, account = excluded.account`,
        ...valuesOf(signIn),
        signIn.name,
        uuidToBytes(account),
      );
      rows('DELETE FROM waiting WHERE method = ? AND issuer = ? AND subject = ?', ...valuesOf(signIn));
    },
  };
}

function valuesOf({ method, issuer, subject }: SignInKey): readonly [string, string, string] {
  return [method, issuer, subject];
}

function rowToAccount(row: SqlRow): Account {
  return {
    id: accountIdOf(row, 'id'),
    name: textOf(row, 'name'),
    created: integerOf(row, 'created'),
    closed: integerOrNullOf(row, 'closed'),
    quota: integerOrNullOf(row, 'quota'),
    log: row['log'] === null ? null : bytesToUuid<LogId>(blobOf(row, 'log')),
  };
}

function rowToSignIn(row: SqlRow): SignIn {
  return {
    method: textOf(row, 'method'),
    issuer: textOf(row, 'issuer'),
    subject: textOf(row, 'subject'),
    name: textOf(row, 'name'),
  };
}

function accountIdOf(row: SqlRow, column: string): AccountId {
  return bytesToUuid<AccountId>(blobOf(row, column));
}
