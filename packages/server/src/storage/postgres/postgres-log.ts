import {
  bytesToHex,
  bytesToUuid,
  limits,
  uuidToBytes,
  type Frame,
  type Hash,
  type LogId,
  type OperationId,
} from '@dataans/core';
import { createTurns } from '../../chunks/turns.ts';
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
import { OverQuotaError } from '../../stores/over-quota.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import type { PostgresDatabase, Query, Row } from './database.ts';
import { isUniqueViolation } from './postgres-error.ts';
import { bytesOf, numberOf, onlyRow, textOf } from './row.ts';
import { readUnbroken } from '../../log/read-unbroken.ts';
import { storeEntries } from './store-entries.ts';

const envelopeKind = 0;

export interface PostgresLogParts {
  readonly database: PostgresDatabase;
  readonly hash: Hash;
  readonly id: LogId;
  /** Hears the head after each append of this process that moved it. Default: nobody. */
  readonly onAppended?: HeadListener;
}

/** A log in tables that hold others as well: every statement names its id, and a route can name none. */
export async function openPostgresLog({
  database,
  hash,
  id,
  onAppended = () => {},
}: PostgresLogParts): Promise<LogStore> {
  const { query } = database;
  const start = bytesOf(onlyRow(await query('SELECT start FROM logs WHERE log = $1', [id])), 'start');
  const readHead = async () => rowToHead(id, (await query(selectHead, [id])).rows[0]);
  const append = createAppend({ database, hash, id }, await readHead());
  const chainAt = async (seq: number) => {
    if (seq === 0) return start;
    const { rows } = await query('SELECT chain FROM operations WHERE log = $1 AND seq = $2', [id, seq]);
    return rows[0] === undefined ? null : bytesOf(rows[0], 'chain');
  };
  return {
    id,
    head: readHead,
    chainAt,
    chainsAt: async (after, count) => {
      const { rows } = await query(`SELECT seq, chain FROM operations WHERE ${isBehind} ORDER BY seq`, [
        id,
        after,
        count,
      ]);
      return readUnbroken(
        after,
        rows.map((row) => ({ seq: numberOf(row, 'seq'), chain: bytesOf(row, 'chain') })),
      );
    },
    append: async (envelopes) => {
      const appended = await append(envelopes);
      if (appended.ok && appended.head.seq > appended.before) onAppended(appended.head);
      return appended;
    },
    readPage: (question) => readPage(query, id, question),
    missing: (ids) => selectMissing(query, id, ids),
    account: async () => {
      const { rows } = await query('SELECT record FROM records WHERE log = $1', [id]);
      return rows[0] === undefined ? null : bytesOf(rows[0], 'record');
    },
    putAccount: (record, condition) => putAccount(query, id, hash(record), record, condition),
    close: async () => {},
  };
}

/** By an end and not by a number of rows: a planner that knows nothing of the table yet would read and sort all that follows. */
const isBehind = 'log = $1 AND seq > $2::bigint AND seq <= $2::bigint + $3::bigint';

const selectHead = 'SELECT seq, chain FROM logs WHERE log = $1';

function rowToHead(log: LogId, row: Row | undefined): LogHead {
  // A restore has put another in its place.
  if (row === undefined) throw new StorageUnavailableError(new Error('The log is gone from the database.'));
  return { log, seq: numberOf(row, 'seq'), chain: bytesOf(row, 'chain') };
}

/**
 * Appends behind the head of the last answer, in one statement that moves the head only from there. If somebody else has moved it, the
 * same statement says where to, and the next one goes on there. Who misses again, or has sent something before, takes the lock.
 */
function createAppend(
  { database, hash, id }: Pick<PostgresLogParts, 'database' | 'hash' | 'id'>,
  first: LogHead,
): (envelopes: readonly Frame[]) => Promise<Appended> {
  const turns = createTurns(1);
  let known = first;

  /** `null` if the head was another one, which is known now, or if the log has one of the ids. */
  const tryAt = async (head: LogHead, envelopes: readonly Frame[]): Promise<Appended | null> => {
    const plan = planAppend(hash, head, envelopes, nothingStored);
    if (!plan.appended.ok) return null;
    const stored = await storeEntries(database.query, head, plan.entries).catch((error: unknown) => {
      if (isUniqueViolation(error)) return null;
      throw error;
    });
    if (stored === null) return null;
    if (!stored.moved) {
      known = rowToHead(id, stored.row);
      return null;
    }
    return plan.appended;
  };
  const appendOnce = async (envelopes: readonly Frame[]): Promise<Appended> => {
    const guess = known;
    const hit = await tryAt(guess, envelopes);
    if (hit !== null) return hit;
    const missedOnly = known.seq !== guess.seq;
    return (
      (missedOnly ? await tryAt(known, envelopes) : null) ??
      (await appendLocked(database, hash, id, envelopes))
    );
  };
  return (envelopes) =>
    turns.take(async () => {
      const appended = await appendOnce(envelopes);
      if (appended.ok) known = appended.head;
      return appended;
    });
}

async function appendLocked(
  { transact }: PostgresDatabase,
  hash: Hash,
  id: LogId,
  envelopes: readonly Frame[],
): Promise<Appended> {
  return transact(async (query) => {
    const head = rowToHead(id, (await query(`${selectHead} FOR UPDATE`, [id])).rows[0]);
    const plan: AppendPlan = planAppend(hash, head, envelopes, await readStored(query, id, envelopes));
    const stored = plan.entries.length > 0 ? await storeEntries(query, head, plan.entries) : null;
    if (stored?.isOver === true) throw new OverQuotaError();
    return plan.appended;
  });
}

/** A pruned operation is known by the hash of the envelope that it was. */
async function readStored(query: Query, id: LogId, envelopes: readonly Frame[]): Promise<StoredHashes> {
  const { rows } = await query(
    `SELECT id, CASE kind WHEN ${envelopeKind} THEN sha256(body) ELSE body END AS hash
     FROM operations WHERE log = $1 AND id = ANY($2::uuid[])`,
    [id, envelopes.map((envelope) => bytesToUuid(envelope.id))],
  );
  return new Map(rows.map((row) => [bytesToHex(operationIdOf(row)), bytesOf(row, 'hash')]));
}

function operationIdOf(row: Row): Uint8Array {
  // PostgreSQL writes a UUID as we do.
  return uuidToBytes(textOf(row, 'id') as OperationId);
}

const bodyOffset = limits.frameHeaderBytes - limits.frameLengthBytes;

/** An operation as a frame (FRM-1): its kind and id are kept as they are written there. By functions that every engine of this kind has. */
const frame = `decode(
  lpad(to_hex(${bodyOffset} + octet_length(body)), ${2 * limits.frameLengthBytes}, '0') || lpad(to_hex(kind::int), 2, '0') || replace(id::text, '-', ''),
  'hex') || body`;

/**
 * The head, whether the caller's chain is the one at `after`, and the frames of as many operations behind it as fit, one at least: in one
 * value, because a row costs more than what is in it, and in base64, because bytes come as hexadecimal, twice as many. Sizes are
 * known without reading bodies, of which only those that fit are. // SRV-13
 */
const selectPage = `
  WITH place AS (
    SELECT seq AS head, CASE WHEN $2::bigint = 0 THEN start
      ELSE (SELECT chain FROM operations WHERE log = $1 AND seq = $2) END AS chain
    FROM logs WHERE log = $1
  ), known AS (
    SELECT head, coalesce(chain = $5, chain IS NOT NULL AND $5::bytea IS NULL) AS known FROM place
  )
  SELECT head, known, CASE WHEN known THEN (
    SELECT encode(string_agg(${frame}, '' ORDER BY seq), 'base64') FROM (
      SELECT seq, id, kind, body, row_number() OVER behind AS place,
        sum(${limits.frameHeaderBytes} + octet_length(body)) OVER behind AS bytes
      FROM operations WHERE ${isBehind} WINDOW behind AS (ORDER BY seq ROWS UNBOUNDED PRECEDING)
    ) AS sized WHERE bytes <= $4 OR place = 1
  ) END AS frames FROM known`;

async function readPage(query: Query, id: LogId, question: PageQuestion): Promise<Page> {
  const { after, chain, operationsMax, bytesMax } = question;
  const { rows } = await query(selectPage, [id, after, operationsMax, bytesMax, chain]);
  const [row] = rows;
  if (row === undefined) rowToHead(id, row);
  if (row?.['known'] !== true) return { ok: false, code: 'log-diverged' };
  // Without operations there is nothing to join.
  const frames = row['frames'] === null ? new Uint8Array() : Buffer.from(textOf(row, 'frames'), 'base64');
  return { ok: true, frames, head: numberOf(row, 'head') };
}

async function selectMissing(
  query: Query,
  id: LogId,
  ids: readonly OperationId[],
): Promise<readonly OperationId[]> {
  const { rows } = await query('SELECT id FROM operations WHERE log = $1 AND id = ANY($2::uuid[])', [
    id,
    ids,
  ]);
  const there = new Set(rows.map((row) => textOf(row, 'id')));
  return ids.filter((one) => !there.has(one));
}

async function putAccount(
  query: Query,
  id: LogId,
  hash: Uint8Array,
  record: Uint8Array,
  condition: AccountCondition,
): Promise<boolean> {
  const { count } =
    condition.kind === 'absent'
      ? await query('INSERT INTO records (log, hash, record) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
          id,
          hash,
          record,
        ])
      : await query('UPDATE records SET hash = $2, record = $3 WHERE log = $1 AND hash = $4', [
          id,
          hash,
          record,
          condition.hash,
        ]);
  return count === 1;
}
