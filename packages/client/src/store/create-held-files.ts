import { uuidToBytes, type ChunkName } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { hasState, rowToEntityOf, selectEntity } from './entity-rows.ts';
import type { HeldFiles, NamedContent } from './held-files.ts';
import { codeByKind } from './kind-codes.ts';
import { chunksOf } from './outbox-rows.ts';
import { readBody } from './revision-rows.ts';
import { readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

export function createHeldFiles(database: SqlDatabase, transactions: Transactions): HeldFiles {
  const selectIncomplete = database.prepare(
    `${selectEntity} WHERE e.entity IN (SELECT entity FROM incomplete_files)` +
      ` AND e.deleted = 0 AND ${hasState} ORDER BY e.created_at, e.id`,
  );
  const remove = database.prepare(
    'DELETE FROM incomplete_files WHERE entity = (SELECT entity FROM entities WHERE id = ? AND kind = ?)',
  );
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
    markComplete: (file) => {
      transactions.write(() => remove.run(uuidToBytes(file), codeByKind.file));
    },
  };
}

function rowToContent(row: SqlRow): NamedContent {
  const operation = readBody(row);
  if (operation.entity !== 'file') throw new TypeError('A revision of a file is of something else.');
  const { name, bytes } = operation.value;
  return { place: readNumber(row, 'place'), file: operation.id, name, bytes, chunks: chunksOf(operation) };
}
