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
import { createPageReader } from './page-reader.ts';
import { blobOf, integerOf, onlyRow } from './row.ts';
import type { RunCall, Sql, SqlRow } from './sql.ts';

const envelopeKind = 0;

/** Thrown to undo a batch that was taken for a new one. */
class IdStored extends Error {
  override readonly name = 'IdStored';
}

export interface SqlLogParts {
  /** With the schema of a log. */
  readonly sql: Sql;
  readonly run: RunCall;
  readonly hash: Hash;
  /** Hears the head after each append that moved it. Default: nobody. */
  readonly onAppended?: HeadListener;
}

/** A log in an SQLite database. */
export function createSqlLog({
  sql,
  run,
  hash,
  onAppended = () => {},
}: SqlLogParts): Omit<LogStore, 'close'> {
  const { rows, transact } = sql;
  const origin = readOrigin(sql);
  const chain = createChain(sql, origin);
  const appendAll = createAppend(sql, chain, hash);
  const readPage = createReadPage(sql, chain);
  const account = createAccountRow(sql, hash);
  const isMissing = (id: Uint8Array) => rows('SELECT 1 FROM operations WHERE id = ?', id).length === 0;
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
    missing: (ids) => run(() => ids.filter((id) => isMissing(uuidToBytes(id)))),
    account: () => run(account.read),
    putAccount: (bytes, condition) => run(() => transact(() => account.put(bytes, condition))),
  };
}

interface Chain {
  head(): LogHead;
  /** `null` behind the newest entry. */
  at(seq: number): Uint8Array | null;
  /** Up to the newest entry, or to one that is missing. */
  behind(after: number, count: number): readonly Uint8Array[];
}

function createChain({ rows }: Sql, { log, start }: Origin): Chain {
  return {
    head: () => {
      const [row] = rows('SELECT seq, chain FROM operations ORDER BY seq DESC LIMIT 1');
      return row === undefined
        ? { log, seq: 0, chain: start }
        : { log, seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') };
    },
    at: (seq) => {
      if (seq === 0) return start;
      const [row] = rows('SELECT chain FROM operations WHERE seq = ?', seq);
      return row === undefined ? null : blobOf(row, 'chain');
    },
    behind: (after, count) => {
      const places = rows(
        'SELECT seq, chain FROM operations WHERE seq > ? ORDER BY seq LIMIT ?',
        after,
        count,
      );
      return readUnbroken(
        after,
        places.map((row) => ({ seq: integerOf(row, 'seq'), chain: blobOf(row, 'chain') })),
      );
    },
  };
}

/** One transaction for a batch of new operations, and a second one if some were there. */
function createAppend(
  { rows, transact }: Sql,
  { head }: Chain,
  hash: Hash,
): (envelopes: readonly Frame[]) => Appended {
  const countBehind = (seq: number): number =>
    integerOf(onlyRow(rows('SELECT count(*) AS count FROM operations WHERE seq > ?', seq)), 'count');
  const store = (before: LogHead, { entries, appended }: AppendPlan): Appended => {
    for (const { seq, id, body, chain } of entries)
      rows(
        'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
        seq,
        id,
        envelopeKind,
        body,
        chain,
      );
    if (countBehind(before.seq) < entries.length) throw new IdStored();
    return appended;
  };
  const appendTo = (before: LogHead, envelopes: readonly Frame[], stored: StoredHashes): Appended =>
    store(before, planAppend(hash, before, envelopes, stored));
  const readStored = (envelopes: readonly Frame[]): StoredHashes =>
    new Map(
      envelopes.flatMap(({ id }) =>
        rows('SELECT kind, body FROM operations WHERE id = ?', id).map(
          (row) => [bytesToHex(id), envelopeHashOf(row, hash)] as const,
        ),
      ),
    );
  return (envelopes) => {
    try {
      return transact(() => appendTo(head(), envelopes, nothingStored));
    } catch (error) {
      if (!(error instanceof IdStored)) throw error;
      return transact(() => appendTo(head(), envelopes, readStored(envelopes)));
    }
  };
}

function createReadPage(sql: Sql, { head, at }: Chain): (question: PageQuestion) => Page {
  const readFrames = createPageReader(sql);
  return ({ after, chain, operationsMax, bytesMax }) => {
    const known = at(after);
    if (known === null || (chain !== null && !equalBytes(known, chain)))
      return { ok: false, code: 'log-diverged' };
    return { ok: true, frames: readFrames(after, operationsMax, bytesMax), head: head().seq };
  };
}

function createAccountRow({ rows }: Sql, hash: Hash) {
  const read = (): Uint8Array | null => {
    const [row] = rows('SELECT record FROM account');
    return row === undefined ? null : blobOf(row, 'record');
  };
  return {
    read,
    /** `false`, with nothing changed, unless the condition holds. */
    put: (bytes: Uint8Array, condition: AccountCondition): boolean => {
      const stored = read();
      if (condition.kind === 'absent') {
        if (stored !== null) return false;
        rows('INSERT INTO account (only, record) VALUES (1, ?)', bytes);
      } else {
        if (stored === null || !equalBytes(hash(stored), condition.hash)) return false;
        rows('UPDATE account SET record = ?', bytes);
      }
      return true;
    },
  };
}

interface Origin {
  readonly log: LogId;
  /** Of the chain, before the first entry. */
  readonly start: Uint8Array;
}

function readOrigin({ rows }: Sql): Origin {
  const row = onlyRow(rows('SELECT id, start FROM log'));
  return { log: bytesToUuid<LogId>(blobOf(row, 'id')), start: blobOf(row, 'start') };
}

/** A pruned operation is known by the hash of the envelope that it was. */
function envelopeHashOf(row: SqlRow, hash: Hash): Uint8Array {
  const body = blobOf(row, 'body');
  return integerOf(row, 'kind') === envelopeKind ? hash(body) : body;
}
