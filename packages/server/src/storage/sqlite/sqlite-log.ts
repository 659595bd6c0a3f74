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
  const readFrames = createPageReader(database);
  const insert = database.prepare(
    'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const insertAccount = database.prepare('INSERT INTO account (only, record) VALUES (1, ?)');
  const updateAccount = database.prepare('UPDATE account SET record = ?');

  const origin = readOrigin(database);
  const head = (): LogHead => {
    const row = select.head.get();
    return row === undefined
      ? { log: origin.log, seq: 0, chain: origin.start }
      : { log: origin.log, seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') };
  };
  const chainAt = (seq: number): Uint8Array | null => {
    if (seq === 0) return origin.start;
    const row = select.chainAt.get(seq);
    return row === undefined ? null : blobOf(row, 'chain');
  };
  const record = (): Uint8Array | null => {
    const row = select.account.get();
    return row === undefined ? null : blobOf(row, 'record');
  };

  const appendAll = (envelopes: readonly Frame[]): Appended => {
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

  const readPage = ({ after, chain, operationsMax, bytesMax }: PageQuestion): Page => {
    const known = chainAt(after);
    if (known === null || (chain !== null && !equalBytes(known, chain)))
      return { ok: false, code: 'log-diverged' };
    return { ok: true, frames: readFrames(after, operationsMax, bytesMax), head: head().seq };
  };
  const putAccount = (bytes: Uint8Array, condition: AccountCondition): boolean => {
    const stored = record();
    if (condition.kind === 'absent') {
      if (stored !== null) return false;
      insertAccount.run(bytes);
    } else {
      if (stored === null || !equalBytes(hash(stored), condition.hash)) return false;
      updateAccount.run(bytes);
    }
    return true;
  };

  return {
    id: origin.log,
    head: () => run(head),
    chainAt: (seq) => run(() => chainAt(seq)),
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
    account: () => run(record),
    putAccount: (bytes, condition) => run(() => transact(database, () => putAccount(bytes, condition))),
    subscribe: listeners.subscribe,
    close: async () => database.close(),
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

function readOrigin(database: DatabaseSync): { readonly log: LogId; readonly start: Uint8Array } {
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
