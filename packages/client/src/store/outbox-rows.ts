import {
  bytesToUuid,
  limits,
  unpackChunkNames,
  type AnyOperation,
  type ChunkName,
  type DeviceId,
  type EntityKind,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { codeByKind } from './kind-codes.ts';
import type { OutboxBounds, OutboxRow } from './local-log.ts';
import { readBody } from './revision-rows.ts';
import { readBytes, readNumber } from './row-values.ts';

/** Places of operations that the server has not acknowledged. */
export interface OutboxRows {
  add(place: number, kind: EntityKind): void;
  /** Every operation that entries behind `seq` of the followed log are, once. */
  addFollowed(seq: number): void;
  /** `false` where none of them was in it. */
  remove(firstPlace: number, lastPlace: number): boolean;
  first(bounds: OutboxBounds): readonly OutboxRow[];
  count(): number;
  /** Notes with an operation in it. */
  notes(): number;
}

export function createOutboxRows(database: SqlDatabase): OutboxRows {
  const insert = database.prepare('INSERT INTO outbox (place, kind) VALUES (?, ?)');
  const insertFollowed = database.prepare(
    'INSERT INTO outbox (place, kind) SELECT o.place, e.kind FROM runs r CROSS JOIN operations o' +
      ' ON o.place BETWEEN r.place + max(0, ?1 + 1 - r.seq) AND r.place + r.operations - 1' +
      ' CROSS JOIN entities e ON e.entity = o.entity WHERE r.seq + r.operations - 1 > ?1 ON CONFLICT DO NOTHING',
  );
  const remove = database.prepare('DELETE FROM outbox WHERE place BETWEEN ? AND ?');
  const selectFirst = database.prepare(
    'SELECT b.place, b.kind, o.id, o.envelope' +
      ' FROM outbox b CROSS JOIN operations o ON o.place = b.place WHERE b.place > ? ORDER BY b.place LIMIT ?',
  );
  const selectContent = database.prepare(
    'SELECT o.body, w.device FROM operations o, writer w WHERE o.place = ?',
  );
  const selectCount = database.prepare('SELECT count(*) AS rows FROM outbox');
  const selectNotes = database.prepare(
    'SELECT count(DISTINCT o.entity) AS notes FROM outbox b CROSS JOIN operations o ON o.place = b.place' +
      ` WHERE b.kind = ${codeByKind.note}`,
  );
  const readContentOf = (place: number): Content => rowToContent(selectContent.get(place) ?? {});
  return {
    add: (place, kind) => {
      insert.run(place, codeByKind[kind]);
    },
    addFollowed: (seq) => {
      insertFollowed.run(seq);
    },
    remove: (firstPlace, lastPlace) => remove.run(firstPlace, lastPlace).changes > 0,
    first: (bounds) => {
      const rows: OutboxRow[] = [];
      let bytes = 0;
      for (const row of selectFirst.iterate(bounds.after ?? 0, bounds.operations)) {
        const outboxRow = rowToOutboxRow(row, readContentOf);
        bytes += limits.frameHeaderBytes + outboxRow.envelope.length;
        if (bytes > bounds.bytes && rows.length > 0) break;
        rows.push(outboxRow);
      }
      return rows;
    },
    count: () => readNumber(selectCount.get() ?? {}, 'rows'),
    notes: () => readNumber(selectNotes.get() ?? {}, 'notes'),
  };
}

type Content = Pick<OutboxRow, 'chunks' | 'madeHere'>;

const noContent: Content = { chunks: [], madeHere: true };

function rowToOutboxRow(row: SqlRow, readContentOf: (place: number) => Content): OutboxRow {
  const place = readNumber(row, 'place');
  const { chunks, madeHere } = readNumber(row, 'kind') === codeByKind.file ? readContentOf(place) : noContent;
  return { place, id: readBytes(row, 'id'), envelope: readBytes(row, 'envelope'), chunks, madeHere };
}

function rowToContent(row: SqlRow): Content {
  const operation = readBody(row);
  const madeHere = operation.device === bytesToUuid<DeviceId>(readBytes(row, 'device'));
  return { chunks: chunksOf(operation), madeHere };
}

/** The chunks that a stored operation of a file names. */
export function chunksOf({ entity, value }: AnyOperation): readonly ChunkName[] {
  const chunks = entity === 'file' ? unpackChunkNames(value.chunks) : null;
  if (chunks === null) throw new TypeError('A stored file has no list of chunks.');
  return chunks;
}
