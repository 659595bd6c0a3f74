import type { ChunkName } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import type { HeldFiles, NamedContent } from './held-files.ts';
import { codeByKind } from './kind-codes.ts';
import { chunksOf } from './outbox-rows.ts';
import { readBody } from './revision-rows.ts';
import { readNumber } from './row-values.ts';

/** What revisions of files name, in the order in which they came here. */
export function createNamedContents(
  database: SqlDatabase,
): Pick<HeldFiles, 'namedChunks' | 'acknowledgedContents'> {
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
  };
}

function rowToContent(row: SqlRow): NamedContent {
  const operation = readBody(row);
  if (operation.entity !== 'file') throw new TypeError('A revision of a file is of something else.');
  const { name, bytes } = operation.value;
  return { place: readNumber(row, 'place'), file: operation.id, name, bytes, chunks: chunksOf(operation) };
}
