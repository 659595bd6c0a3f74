import { bytesToUuid, uuidToBytes, type ChunkName, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { hasState, rowToEntityOf, selectEntity } from './entity-rows.ts';
import type { Absence, HeldFiles, NamedContent } from './held-files.ts';
import { codeByKind } from './kind-codes.ts';
import { chunksOf } from './outbox-rows.ts';
import { readBody } from './revision-rows.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

export function createHeldFiles(database: SqlDatabase, transactions: Transactions): HeldFiles {
  const selectIncomplete = database.prepare(
    `${selectEntity} WHERE e.entity IN (SELECT entity FROM incomplete_files)` +
      ` AND e.deleted = 0 AND ${hasState} ORDER BY e.created_at, e.id`,
  );
  const entityOfFile = `(SELECT entity FROM entities WHERE id = ? AND kind = ${codeByKind.file})`;
  const selectCount = database.prepare(
    'SELECT count(*) AS files FROM incomplete_files i JOIN entities e ON e.entity = i.entity' +
      ` WHERE e.deleted = 0 AND ${hasState}`,
  );
  const selectAbsence = database.prepare(
    `SELECT wish, damaged FROM incomplete_files WHERE entity = ${entityOfFile}`,
  );
  const selectWishes = database.prepare(
    'SELECT e.id, i.wish FROM incomplete_files i JOIN entities e ON e.entity = i.entity WHERE i.wish IS NOT NULL',
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
  const selectRevisions = database.prepare(
    'SELECT o.place, o.body FROM operations o JOIN entities e ON e.entity = o.entity' +
      ` WHERE e.kind = ${codeByKind.file} AND o.place > ? ORDER BY o.place`,
  );
  const selectAcknowledged = database.prepare(
    'SELECT o.place, o.body FROM operations o JOIN entities e ON e.entity = o.entity' +
      ` WHERE e.kind = ${codeByKind.file} AND o.place > ?` +
      ' AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.place = o.place) ORDER BY o.place',
  );
  return {
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
    namedChunks: (after, chunks) => {
      let place = after;
      const names = new Set<ChunkName>();
      for (const row of selectRevisions.iterate(after)) {
        place = readNumber(row, 'place');
        for (const name of chunksOf(readBody(row))) names.add(name);
        if (names.size >= chunks) break;
      }
      return place === after ? null : { place, names: [...names] };
    },
    acknowledgedContents: (after, chunks) => {
      const contents: NamedContent[] = [];
      let named = 0;
      for (const row of selectAcknowledged.iterate(after)) {
        const content = rowToContent(row);
        contents.push(content);
        named += content.chunks.length;
        if (named >= chunks) break;
      }
      return contents;
    },
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

function rowToContent(row: SqlRow): NamedContent {
  const operation = readBody(row);
  if (operation.entity !== 'file') throw new TypeError('A revision of a file is of something else.');
  const { name, bytes } = operation.value;
  return { place: readNumber(row, 'place'), file: operation.id, name, bytes, chunks: chunksOf(operation) };
}
