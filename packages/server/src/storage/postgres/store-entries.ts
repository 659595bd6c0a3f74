import { concatBytes, type LogId } from '@dataans/core';
import type { LogHead } from '../../log/log-store.ts';
import type { LogEntry } from '../../log/plan-append.ts';
import type { Query, Row } from './database.ts';

const idBytes = 16;
const chainBytes = 32;

/** Whether an account that has a quota has room for $12 bytes more; a tenth more than for chunks. // SRV-117 */
const hasRoom = `
  CASE WHEN (SELECT quota FROM accounts WHERE log = $1) IS NULL THEN true
  ELSE operation_bytes + (SELECT coalesce(sum(size), 0) FROM chunks WHERE log = $1) + $12::bigint
    <= (SELECT quota FROM accounts WHERE log = $1) * 1.1 END`;

/** The batch comes as three values, whatever its size, and is cut here: one statement to plan, for every batch. */
const appendBatch = `
  WITH moved AS (
    UPDATE logs SET seq = seq + $4::bigint, chain = $5, operation_bytes = operation_bytes + $12::bigint
    WHERE log = $1 AND seq = $2 AND chain = $3 AND ${hasRoom} RETURNING log
  ), stored AS (
    INSERT INTO operations (log, seq, id, kind, chain, body)
    SELECT $1, $2::bigint + place,
      encode(substring($6::bytea FROM (place::int - 1) * ${idBytes} + 1 FOR ${idBytes}), 'hex')::uuid, kind,
      substring($7::bytea FROM (place::int - 1) * ${chainBytes} + 1 FOR ${chainBytes}),
      substring($8::bytea FROM start + 1 FOR length)
    FROM moved, unnest($9::int[], $10::int[], $11::smallint[]) WITH ORDINALITY AS cut (start, length, kind, place)
  )
  SELECT (SELECT count(*) FROM moved) = 1 AS moved, seq, chain,
    CASE WHEN (SELECT count(*) FROM moved) = 1 THEN false ELSE NOT (${hasRoom}) END AS is_over
  FROM logs WHERE log = $1`;

export interface StoredEntries {
  /** Whether the head was the one that the entries follow. If not, nothing was stored. */
  readonly moved: boolean;
  /** Whether the account has no room for them. */
  readonly isOver: boolean;
  /** The head as it was before, if the log is there. */
  readonly row: Row | undefined;
}

/** Moves the head and stores the entries, if it is still where they begin. Rejects if the log has one of their ids. // SRV-10 */
export async function storeEntries(
  query: Query,
  { log, seq, chain }: LogHead & { readonly log: LogId },
  entries: readonly LogEntry[],
): Promise<StoredEntries> {
  const bodies = entries.map(({ body }) => body);
  const lengths = bodies.map(({ length }) => length);
  let end = 0;
  const starts = lengths.map((length) => (end += length) - length);
  const { rows } = await query(appendBatch, [
    log,
    seq,
    chain,
    entries.length,
    entries.at(-1)?.chain ?? chain,
    concatBytes(...entries.map(({ id }) => id)),
    concatBytes(...entries.map((entry) => entry.chain)),
    concatBytes(...bodies),
    starts,
    lengths,
    entries.map(({ kind }) => (kind === 'envelope' ? 0 : 1)),
    end,
  ]);
  return { moved: rows[0]?.['moved'] === true, isOver: rows[0]?.['is_over'] === true, row: rows[0] };
}
