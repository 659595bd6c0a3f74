import { bytesToUuid, type EntityId, type OperationId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';

/**
 * When operations were here whose stamp may not say when they were made: it lies ahead, or not behind what was
 * here of the entity. There are few of them. // HIS-14
 */
export interface ArrivalRows {
  /** @param isEntry it came from the log, and what comes behind it there may tell more */
  add(place: number, atMs: number, isEntry: boolean): void;
  /** Everything that is stamped later than now was here by now. */
  addAhead(nowMs: number): void;
  /** An entry that was made at this time came behind all those that wait for one. // HIS-15 */
  passTime(atMs: number): void;
  /** Nothing more comes behind those that wait. */
  endWaiting(): void;
  hasWaiting(): boolean;
  /** Those of one entity. */
  ofEntity(entity: Uint8Array, kind: number): ReadonlyMap<OperationId, number>;
  /** Entities of which an operation arrived after this time. */
  entitiesAfter(atMs: number): ReadonlySet<EntityId>;
  /** The latest of all; 0 without any. */
  latest(): number;
}

export function createArrivalRows(database: SqlDatabase): ArrivalRows {
  const insert = database.prepare(
    'INSERT INTO arrivals (place, at, waits) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertAhead = database.prepare(
    'INSERT INTO arrivals (place, at, waits) SELECT o.place, ?1, 0 FROM entities e JOIN operations o' +
      " ON o.entity = e.entity WHERE e.edited_at > ?1 AND json_extract(CAST(o.body AS TEXT), '$.at') > ?1" +
      ' ON CONFLICT DO NOTHING',
  );
  const pass = database.prepare('UPDATE arrivals SET at = min(at, ?), waits = 0 WHERE waits = 1');
  const end = database.prepare('UPDATE arrivals SET waits = 0 WHERE waits = 1');
  const selectWaiting = database.prepare('SELECT 1 FROM arrivals WHERE waits = 1 LIMIT 1');
  const selectOf = database.prepare(
    'SELECT o.id, a.at FROM entities e JOIN operations o ON o.entity = e.entity' +
      ' JOIN arrivals a ON a.place = o.place WHERE e.id = ? AND e.kind = ?',
  );
  const selectAfter = database.prepare(
    'SELECT DISTINCT e.id FROM arrivals a JOIN operations o ON o.place = a.place' +
      ' JOIN entities e ON e.entity = o.entity WHERE a.at > ?',
  );
  const selectLatest = database.prepare('SELECT max(at) AS at FROM arrivals');
  return {
    add: (place, atMs, isEntry) => {
      insert.run(place, atMs, Number(isEntry));
    },
    addAhead: (nowMs) => {
      insertAhead.run(nowMs);
    },
    passTime: (atMs) => {
      pass.run(atMs);
    },
    endWaiting: () => {
      end.run();
    },
    hasWaiting: () => selectWaiting.get() !== undefined,
    ofEntity: (id, kind) =>
      new Map(
        selectOf
          .all(id, kind)
          .map((row) => [bytesToUuid<OperationId>(readBytes(row, 'id')), readNumber(row, 'at')]),
      ),
    entitiesAfter: (atMs) =>
      new Set(selectAfter.all(atMs).map((row) => bytesToUuid<EntityId>(readBytes(row, 'id')))),
    latest: () => readNullableNumber(selectLatest.get() ?? {}, 'at') ?? 0,
  };
}
