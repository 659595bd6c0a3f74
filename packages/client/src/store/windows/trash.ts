import { uuidToBytes } from '@dataans/core';
import type { SqlDatabase } from '../../platform/sql-database.ts';
import { isDeletedNote, selectEntityWith } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';
import { readNumber } from '../row-values.ts';
import { endKey, rowToNoteKey } from './note-key.ts';
import { beginningCharacters } from './note-row.ts';
import type { ReadNoteRows } from './read-note-rows.ts';
import type { TrashPage, TrashQuery } from './windows.ts';

const limitOfRows = 50;

/** Deleted notes, through the index `trash`. */
export function createTrash(
  database: SqlDatabase,
  readNoteRows: ReadNoteRows,
): (query: TrashQuery) => TrashPage {
  const select = database.prepare(
    `${selectEntityWith('e.entity, e.moment, e.created_c')} WHERE ${isDeletedNote}` +
      ` AND (?3 IS NULL OR e.space = (SELECT s.entity FROM entities s WHERE s.id = ?3 AND s.kind = ${codeByKind.space}))` +
      ' AND (e.edited_at, e.id) < (?1, ?2) ORDER BY e.edited_at DESC, e.id DESC LIMIT ?4',
  );
  return ({ space, before = endKey, limit = limitOfRows, beginning = beginningCharacters }) => {
    const found = select.all(
      before.moment,
      uuidToBytes(before.id),
      space === undefined ? null : uuidToBytes(space),
      limit + 1,
    );
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const isMore = last !== undefined && found.length > limit;
    return {
      rows: readNoteRows(rows, beginning),
      before: isMore ? { ...rowToNoteKey(last), moment: readNumber(last, 'edited_at') } : null,
    };
  };
}
