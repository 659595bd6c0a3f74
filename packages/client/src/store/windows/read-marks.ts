import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase } from '../../platform/sql-database.ts';
import { entityOfSpace } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';

/**
 * What was seen on this device. Entities are numbered as they come, so that a note which arrives later is unread, however
 * long ago it was written. // STO-35
 */
export interface ReadMarks {
  mark(space: EntityId, upTo: number): void;
  markAll(): void;
}

export function createReadMarks(database: SqlDatabase): ReadMarks {
  const mark = database.prepare(
    `INSERT OR REPLACE INTO read_marks (space, moment, entity)` +
      ` SELECT space, ?, (SELECT max(entity) FROM entities) FROM (SELECT ${entityOfSpace} AS space)` +
      ' WHERE space IS NOT NULL',
  );
  const markAll = database.prepare(
    'INSERT OR REPLACE INTO read_marks (space, moment, entity)' +
      ` SELECT entity, ?, (SELECT max(entity) FROM entities) FROM entities WHERE kind = ${codeByKind.space}`,
  );
  return {
    mark: (space, upTo) => {
      mark.run(upTo, uuidToBytes(space));
    },
    markAll: () => {
      markAll.run(Number.MAX_SAFE_INTEGER);
    },
  };
}
