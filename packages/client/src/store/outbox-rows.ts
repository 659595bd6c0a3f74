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
import { codeByKind, codeToKind } from './kind-codes.ts';
import type { OutboxBounds, OutboxRow, WaitingFile } from './outbox-row.ts';
import { readBody } from './revision-rows.ts';
import { readBytes, readNumber } from './row-values.ts';

/** Places of operations that the server has not acknowledged. */
export interface OutboxRows {
  add(place: number, kind: EntityKind): void;
  /** Every operation that entries behind `seq` of the followed log are, once. */
  addFollowed(seq: number): void;
  /** @returns how many of them were in it */
  remove(firstPlace: number, lastPlace: number): number;
  first(bounds: OutboxBounds): readonly OutboxRow[];
  /** See `LocalLog.outboxCount`. */
  count(files?: ReadonlySet<number>): number;
  /** See `LocalLog.outboxChanges`. */
  changes(): number;
  /** See `LocalLog.waitingFiles`. */
  waitingFiles(after: number, rows: number): readonly WaitingFile[];
  /** See `LocalLog.waitingFrom`. */
  waitingFrom(device: DeviceId): number | null;
  /** Notes with an operation in it. */
  notes(): number;
}

const isFile = `b.kind = ${codeByKind.file}`;
const isNoFileBut = `(b.kind <> ${codeByKind.file} OR b.place IN (SELECT value FROM json_each(?)))`;
const selectRows =
  'SELECT b.place, b.kind, o.id, o.envelope FROM outbox b CROSS JOIN operations o ON o.place = b.place WHERE b.place > ?';
const selectFileBodies =
  `SELECT b.place, o.body FROM outbox b CROSS JOIN operations o ON o.place = b.place WHERE ${isFile}` +
  ' AND b.place > ? ORDER BY b.place LIMIT ?';

export function createOutboxRows(database: SqlDatabase): OutboxRows {
  const insert = database.prepare('INSERT INTO outbox (place, kind) VALUES (?, ?)');
  const insertFollowed = database.prepare(
    'INSERT INTO outbox (place, kind) SELECT o.place, e.kind FROM runs r CROSS JOIN operations o' +
      ' ON o.place BETWEEN r.place + max(0, ?1 + 1 - r.seq) AND r.place + r.operations - 1' +
      ' CROSS JOIN entities e ON e.entity = o.entity WHERE r.seq + r.operations - 1 > ?1 ON CONFLICT DO NOTHING',
  );
  const remove = database.prepare('DELETE FROM outbox WHERE place BETWEEN ? AND ?');
  const selectAll = database.prepare(`${selectRows} ORDER BY b.place LIMIT ?`);
  const selectSendable = database.prepare(`${selectRows} AND ${isNoFileBut} ORDER BY b.place LIMIT ?`);
  const selectFiles = database.prepare(selectFileBodies);
  const selectDevice = database.prepare('SELECT device FROM writer');
  const countAll = database.prepare('SELECT count(*) AS rows FROM outbox');
  const countSendable = database.prepare(`SELECT count(*) AS rows FROM outbox b WHERE ${isNoFileBut}`);
  const countChanges = database.prepare(
    `SELECT count(*) AS changes FROM outbox WHERE kind <> ${codeByKind.device}`,
  );
  const selectNotes = database.prepare(
    'SELECT count(DISTINCT o.entity) AS notes FROM outbox b CROSS JOIN operations o ON o.place = b.place' +
      ` WHERE b.kind = ${codeByKind.note}`,
  );

  const iterate = ({ after = 0, operations, files }: OutboxBounds): Iterable<SqlRow> =>
    files === undefined
      ? selectAll.iterate(after, operations)
      : selectSendable.iterate(after, placesToJson(files), operations);
  return {
    add: (place, kind) => {
      insert.run(place, codeByKind[kind]);
    },
    addFollowed: (seq) => {
      insertFollowed.run(seq);
    },
    remove: (firstPlace, lastPlace) => remove.run(firstPlace, lastPlace).changes,
    first: (bounds) => {
      const rows: OutboxRow[] = [];
      let bytes = 0;
      for (const row of iterate(bounds)) {
        const outboxRow = rowToOutboxRow(row);
        bytes += limits.frameHeaderBytes + outboxRow.envelope.length;
        if (bytes > bounds.bytes && rows.length > 0) break;
        rows.push(outboxRow);
      }
      return rows;
    },
    count: (files) =>
      readNumber(
        (files === undefined ? countAll.get() : countSendable.get(placesToJson(files))) ?? {},
        'rows',
      ),
    changes: () => readNumber(countChanges.get() ?? {}, 'changes'),
    waitingFiles: (after, rows) => {
      const device = bytesToUuid<DeviceId>(readBytes(selectDevice.get() ?? {}, 'device'));
      return selectFiles.all(after, rows).map((row) => rowToWaitingFile(row, device));
    },
    waitingFrom: (device) => {
      for (const row of selectFiles.iterate(0, filesLookedAtMax)) {
        const operation = readBody(row);
        if (operation.device === device) return operation.n;
      }
      return null;
    },
    notes: () => readNumber(selectNotes.get() ?? {}, 'notes'),
  };
}

/** While a server is healed, thousands of other devices' files may wait ahead of the own ones, which others have seen. */
const filesLookedAtMax = 1_000;

function placesToJson(places: ReadonlySet<number>): string {
  return JSON.stringify([...places]);
}

function rowToOutboxRow(row: SqlRow): OutboxRow {
  return {
    place: readNumber(row, 'place'),
    kind: codeToKind(readNumber(row, 'kind')),
    id: readBytes(row, 'id'),
    envelope: readBytes(row, 'envelope'),
  };
}

function rowToWaitingFile(row: SqlRow, device: DeviceId): WaitingFile {
  const operation = readBody(row);
  if (operation.entity !== 'file') throw new TypeError('A revision of a file is of something else.');
  return {
    place: readNumber(row, 'place'),
    file: operation.id,
    bytes: operation.value.bytes,
    chunks: chunksOf(operation),
    madeHere: operation.device === device,
  };
}

/** The chunks that a stored operation of a file names. */
export function chunksOf({ entity, value }: AnyOperation): readonly ChunkName[] {
  const chunks = entity === 'file' ? unpackChunkNames(value.chunks) : null;
  if (chunks === null) throw new TypeError('A stored file has no list of chunks.');
  return chunks;
}
