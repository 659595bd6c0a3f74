import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import type { HeldFiles, NamedContent } from './held-files.ts';
import { codeByKind } from './kind-codes.ts';
import { chunksOf } from './outbox-rows.ts';
import { readBody } from './revision-rows.ts';
import { readNumber } from './row-values.ts';

/** What revisions of files name, in the order in which they came here. */
export function createNamedContents(
  database: SqlDatabase,
): Pick<HeldFiles, 'namedContents' | 'acknowledgedContents'> {
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
    namedContents: (after, chunks) => readContents(selectRevisions.iterate(after), chunks),
    acknowledgedContents: (after, chunks) => readContents(selectAcknowledged.iterate(after), chunks),
  };
}

function readContents(rows: Iterable<SqlRow>, chunks: number): readonly NamedContent[] {
  const contents: NamedContent[] = [];
  let named = 0;
  for (const row of rows) {
    const content = rowToContent(row);
    contents.push(content);
    named += content.chunks.length;
    if (named >= chunks) break;
  }
  return contents;
}

function rowToContent(row: SqlRow): NamedContent {
  const operation = readBody(row);
  if (operation.entity !== 'file') throw new TypeError('A revision of a file is of something else.');
  const { name, bytes } = operation.value;
  return { place: readNumber(row, 'place'), file: operation.id, name, bytes, chunks: chunksOf(operation) };
}
