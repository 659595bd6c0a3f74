import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import {
  bytesToUuid,
  equalBytes,
  extendChain,
  uuidToBytes,
  type Frame,
  type Hash,
  type LogId,
} from '@dataans/core';
import { createHeadListeners } from '../../log/head-listeners.ts';
import type {
  AccountCondition,
  Appended,
  LogHead,
  LogStore,
  Page,
  PageQuestion,
} from '../../log/log-store.ts';
import { openDatabase } from './database.ts';
import { logMigrations } from './log-schema.ts';
import type { SchemaPolicy } from './migrate.ts';
import { createPageReader } from './page-reader.ts';
import { blobOf, integerOf } from './row.ts';
import { createRunCall } from './store-call.ts';
import { transact } from './transaction.ts';

const envelopeKind = 0;

/** Thrown to undo the batch. */
class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly place: number;

  constructor(place: number) {
    super('Another operation has this id.');
    this.place = place;
  }
}

/** A log in an SQLite database, made where there is none. */
export function openSqliteLog(options: {
  readonly path: string;
  readonly hash: Hash;
  /** Gives a new log its id, at random. */
  readonly newLogId: () => LogId;
  /** Default: bring up to date. */
  readonly policy?: SchemaPolicy;
}): LogStore {
  const { hash } = options;
  const run = createRunCall(options.path);
  const database = openDatabase(options.path, logMigrations(options.newLogId, hash), options.policy);
  const listeners = createHeadListeners();
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
    append: async (envelopes) => {
      try {
        const appended = await run(() => transact(database, () => appendAll(envelopes)));
        if (appended.ok && appended.head.seq > appended.before) listeners.notify(appended.head);
        return appended;
      } catch (error) {
        if (error instanceof Conflict) return { ok: false, conflict: error.place };
        throw error;
      }
    },
    readPage: (question) => run(() => readPage(question)),
    missing: (ids) => run(() => ids.filter((id) => select.isThere.get(uuidToBytes(id)) === undefined)),
    account: () => run(account.read),
    putAccount: (bytes, condition) => run(() => transact(database, () => account.put(bytes, condition))),
    subscribe: listeners.subscribe,
    close: async () => database.close(),
  };
}

type Selects = ReturnType<typeof prepareSelects>;

interface Chain {
  head(): LogHead;
  /** `null` behind the newest entry. */
  at(seq: number): Uint8Array | null;
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
  };
}

/** Within one transaction, which a `Conflict` undoes. */
function createAppend(
  database: DatabaseSync,
  select: Selects,
  { head }: Chain,
  hash: Hash,
): (envelopes: readonly Frame[]) => Appended {
  const insert = database.prepare(
    'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  return (envelopes) => {
    const { log, seq: before, chain: start } = head();
    const already: number[] = [];
    let seq = before;
    let chain = start;
    for (const [place, envelope] of envelopes.entries()) {
      const next = extendChain(hash, chain, envelope.id, hash(envelope.body));
      if (insert.run(seq + 1, envelope.id, envelopeKind, envelope.body, next).changes === 1) {
        seq += 1;
        chain = next;
      } else if (isSameAsStored(select.byId.get(envelope.id), envelope, hash)) already.push(place);
      else throw new Conflict(place);
    }
    return { ok: true, before, head: { log, seq, chain }, already };
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
function isSameAsStored(row: Row | undefined, envelope: Frame, hash: Hash): boolean {
  if (row === undefined) return false;
  const stored = blobOf(row, 'body');
  return equalBytes(stored, integerOf(row, 'kind') === envelopeKind ? envelope.body : hash(envelope.body));
}
