import { bytesToUuid, uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { hasState, rowToEntityOf, selectEntity } from './entity-rows.ts';
import type { Absence, HeldFiles } from './held-files.ts';
import { codeByKind } from './kind-codes.ts';
import { createNamedContents } from './named-contents.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

export function createHeldFiles(database: SqlDatabase, transactions: Transactions): HeldFiles {
  const selectIncomplete = database.prepare(
    `${selectEntity} WHERE e.entity IN (SELECT entity FROM incomplete_files)` +
      ` AND e.deleted = 0 AND ${hasState} ORDER BY e.created_at, e.id`,
  );
  const entityOfFile = `(SELECT entity FROM entities WHERE id = ? AND kind = ${codeByKind.file})`;
  const selectCount = database.prepare(
    'SELECT count(*) AS files FROM incomplete_files i CROSS JOIN entities e ON e.entity = i.entity' +
      ` WHERE e.deleted = 0 AND ${hasState}`,
  );
  const selectAbsence = database.prepare(
    `SELECT wish, damaged FROM incomplete_files WHERE entity = ${entityOfFile}`,
  );
  const selectWishes = database.prepare(
    'SELECT e.id, i.wish FROM incomplete_files i CROSS JOIN entities e ON e.entity = i.entity WHERE i.wish IS NOT NULL',
  );
  const selectReleased = database.prepare(
    'SELECT e.id FROM incomplete_files i CROSS JOIN entities e ON e.entity = i.entity WHERE i.wish = 0 AND i.damaged = 0',
  );
  const insertAbsent = database.prepare(
    `INSERT INTO incomplete_files (entity) SELECT entity FROM entities WHERE id = ? AND kind = ${codeByKind.file}` +
      ' ON CONFLICT DO NOTHING',
  );
  const updateWish = database.prepare(`UPDATE incomplete_files SET wish = ? WHERE entity = ${entityOfFile}`);
  const updateDamaged = database.prepare(
    `UPDATE incomplete_files SET damaged = ? WHERE entity = ${entityOfFile}`,
  );
  const remove = database.prepare(`DELETE FROM incomplete_files WHERE entity = ${entityOfFile}`);
  return {
    ...createNamedContents(database),
    incomplete: () => selectIncomplete.all().map((row) => rowToEntityOf('file', row)),
    incompleteCount: () => readNumber(selectCount.get() ?? {}, 'files'),
    absence: (file) => {
      const row = selectAbsence.get(uuidToBytes(file));
      return row === undefined ? null : rowToAbsence(row);
    },
    wishes: () =>
      new Map(
        selectWishes
          .all()
          .map(
            (row) => [bytesToUuid<EntityId>(readBytes(row, 'id')), readNumber(row, 'wish') === 1] as const,
          ),
      ),
    markAbsent: (files, { wish, isDamaged }) => {
      transactions.write(() => {
        for (const id of files.map(uuidToBytes)) {
          insertAbsent.run(id);
          if (wish !== undefined) updateWish.run(wish === null ? null : Number(wish), id);
          if (isDamaged !== undefined) updateDamaged.run(Number(isDamaged), id);
        }
      });
    },
    released: () => new Set(selectReleased.all().map((row) => bytesToUuid<EntityId>(readBytes(row, 'id')))),
    markComplete: (files) => {
      // Lost, it is found out again without the server.
      transactions.write(() => {
        for (const file of files) remove.run(uuidToBytes(file));
      }, 'soon');
    },
  };
}

function rowToAbsence(row: SqlRow): Absence {
  const wish = readNullableNumber(row, 'wish');
  return { wish: wish === null ? null : wish === 1, isDamaged: readNumber(row, 'damaged') === 1 };
}
