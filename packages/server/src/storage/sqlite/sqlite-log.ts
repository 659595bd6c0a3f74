import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import {
  bytesToHex,
  bytesToUuid,
  equalBytes,
  uuidToBytes,
  type Frame,
  type Hash,
  type LogId,
} from '@dataans/core';
import type { HeadListener } from '../../log/head-feed.ts';
import type {
  AccountCondition,
  Appended,
  LogHead,
  LogStore,
  Page,
  PageQuestion,
} from '../../log/log-store.ts';
import { nothingStored, planAppend, type AppendPlan, type StoredHashes } from '../../log/plan-append.ts';
import { readUnbroken } from '../../log/read-unbroken.ts';
import { openDatabase } from './database.ts';
import { logMigrations } from '../sql/log-schema.ts';
import type { SchemaPolicy } from './migrate.ts';
import { createPageReader } from '../sql/page-reader.ts';
import { blobOf, integerOf } from '../sql/row.ts';
import { createRunCall } from './store-call.ts';
import { transact } from './transaction.ts';

const envelopeKind = 0;

/** Thrown to undo a batch that was taken for a new one. */
class IdStored extends Error {
  override readonly name = 'IdStored';
}

/** A log in an SQLite database, made where there is none. */
export function openSqliteLog(options: {
  readonly path: string;
  readonly hash: Hash;
  /** Gives a new log its id, at random. */
  readonly newLogId: () => LogId;
  /** Default: bring up to date. */
  readonly policy?: SchemaPolicy;
  /** Hears the head after each append of this process that moved it. Default: nobody. */
  readonly onAppended?: HeadListener;
}): LogStore {
  const { hash, onAppended = () => {} } = options;
  const run = createRunCall(options.path);
  const database = openDatabase(options.path, logMigrations(options.newLogId, hash), options.policy);
  const select = prepareSelects(database);
  const origin = readOrigin(database);
  const chain = createChain(select, origin);
  const appendAll = createAppend(database, select, chain, hash);
  const readPage = createReadPage(database, chain);
  const account = createAccountRow(database, select, hash);
  return {
    id: origin.log,
    head: () => run(chain.head),
    chainAt: (seq) => run(() => chain.at(seq)),
    chainsAt: (after, count) => run(() => chain.behind(after, count)),
    append: async (envelopes) => {
      const appended = await run(() => appendAll(envelopes));
      if (appended.ok && appended.head.seq > appended.before) onAppended(appended.head);
      return appended;
    },
    readPage: (question) => run(() => readPage(question)),
    missing: (ids) => run(() => ids.filter((id) => select.isThere.get(uuidToBytes(id)) === undefined)),
    account: () => run(account.read),
    putAccount: (bytes, condition) => run(() => transact(database, () => account.put(bytes, condition))),
    close: async () => database.close(),
  };
}

type Selects = ReturnType<typeof prepareSelects>;

interface Chain {
  head(): LogHead;
  /** `null` behind the newest entry. */
  at(seq: number): Uint8Array | null;
  /** Up to the newest entry, or to one that is missing. */
  behind(after: number, count: number): readonly Uint8Array[];
}

function createChain(select: Selects, { log, start }: Origin): Chain {
  return {
    head: () => {
      const row = select.head.get();
      return row === undefined
        ? { log, seq: 0, chain: start }
        : { log, seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') };
    },
    at: (seq) => {
      if (seq === 0) return start;
      const row = select.chainAt.get(seq);
      return row === undefined ? null : blobOf(row, 'chain');
    },
    behind: (after, count) => {
      const rows = select.chainsBehind.all(after, count);
      return readUnbroken(
        after,
        rows.map((row) => ({ seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') })),
      );
    },
  };
}

/** One transaction for a batch of new operations, and a second one if some were there. */
function createAppend(
  database: DatabaseSync,
  select: Selects,
  { head }: Chain,
  hash: Hash,
): (envelopes: readonly Frame[]) => Appended {
  const insert = database.prepare(
    'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const store = ({ entries, appended }: AppendPlan): Appended => {
    for (const { seq, id, body, chain } of entries)
      if (insert.run(seq, id, envelopeKind, body, chain).changes === 0) throw new IdStored();
    return appended;
  };
  const readStored = (envelopes: readonly Frame[]): StoredHashes =>
    new Map(envelopes.flatMap(({ id }) => readHash(select.byId.get(id), id, hash)));
  return (envelopes) => {
    try {
      return transact(database, () => store(planAppend(hash, head(), envelopes, nothingStored)));
    } catch (error) {
      if (!(error instanceof IdStored)) throw error;
      return transact(database, () => store(planAppend(hash, head(), envelopes, readStored(envelopes))));
    }
  };
}

function createReadPage(database: DatabaseSync, { head, at }: Chain): (question: PageQuestion) => Page {
  const readFrames = createPageReader(database);
  return ({ after, chain, operationsMax, bytesMax }) => {
    const known = at(after);
    if (known === null || (chain !== null && !equalBytes(known, chain)))
      return { ok: false, code: 'log-diverged' };
    return { ok: true, frames: readFrames(after, operationsMax, bytesMax), head: head().seq };
  };
}

function createAccountRow(database: DatabaseSync, select: Selects, hash: Hash) {
  const insert = database.prepare('INSERT INTO account (only, record) VALUES (1, ?)');
  const update = database.prepare('UPDATE account SET record = ?');
  const read = (): Uint8Array | null => {
    const row = select.account.get();
    return row === undefined ? null : blobOf(row, 'record');
  };
  return {
    read,
    /** `false`, with nothing changed, unless the condition holds. */
    put: (bytes: Uint8Array, condition: AccountCondition): boolean => {
      const stored = read();
      if (condition.kind === 'absent') {
        if (stored !== null) return false;
        insert.run(bytes);
      } else {
        if (stored === null || !equalBytes(hash(stored), condition.hash)) return false;
        update.run(bytes);
      }
      return true;
    },
  };
}

function prepareSelects(database: DatabaseSync) {
  return {
    head: database.prepare('SELECT seq, chain FROM operations ORDER BY seq DESC LIMIT 1'),
    chainAt: database.prepare('SELECT chain FROM operations WHERE seq = ?'),
    chainsBehind: database.prepare('SELECT seq, chain FROM operations WHERE seq > ? ORDER BY seq LIMIT ?'),
    byId: database.prepare('SELECT kind, body FROM operations WHERE id = ?'),
    isThere: database.prepare('SELECT 1 FROM operations WHERE id = ?'),
    account: database.prepare('SELECT record FROM account'),
  };
}

interface Origin {
  readonly log: LogId;
  /** Of the chain, before the first entry. */
  readonly start: Uint8Array;
}

function readOrigin(database: DatabaseSync): Origin {
  const row = database.prepare('SELECT id, start FROM log').get();
  if (row === undefined) throw new TypeError('The log has no id.');
  return { log: bytesToUuid<LogId>(blobOf(row, 'id')), start: blobOf(row, 'start') };
}

type Row = Record<string, SQLOutputValue>;

/** A pruned operation is known by the hash of the envelope that it was. */
function readHash(
  row: Row | undefined,
  id: Uint8Array,
  hash: Hash,
): readonly (readonly [string, Uint8Array])[] {
  if (row === undefined) return [];
  const body = blobOf(row, 'body');
  return [[bytesToHex(id), integerOf(row, 'kind') === envelopeKind ? hash(body) : body]];
}
