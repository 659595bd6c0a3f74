import type { SqlDatabase, SqlRow } from '../../platform/sql-database.ts';
import { compareNames, compareTexts } from '../compare-names.ts';
import { hasState, livingNote, rowToEntityOf, selectEntityWith } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';
import { readNullableNumber, readNumber } from '../row-values.ts';
import type { NoteRow } from './note-row.ts';
import type { ReadNumberedRows } from './numbered-rows.ts';
import type { SpaceRow } from './windows.ts';

/** Visible spaces with their newest notes and what is unread: as quick with very many notes as with few. */
export function createSpaceRows(
  database: SqlDatabase,
  readRows: ReadNumberedRows,
): () => readonly SpaceRow[] {
  const selectSpaces = database.prepare(spacesQuery);
  return () => {
    const rows = selectSpaces.all();
    const numbers = rows.map((row) => readNullableNumber(row, 'last')).filter((last) => last !== null);
    const lastByNumber = readRows(numbers);
    return rows
      .map((row) => rowToSpaceRow(row, lastByNumber.get(readNullableNumber(row, 'last') ?? 0) ?? null))
      .toSorted(compareSpaces);
  };
}

const notes = 'coalesce(c.notes, 0)';

const countOf = (which: string): string =>
  `(SELECT count(*) FROM entities n WHERE n.space = e.entity AND ${livingNote('n')} AND ${which})`;

/** Those after the mark, and those before it that came later: each from its index, which ends with few. // STO-35 */
const unread =
  `CASE WHEN m.space IS NULL THEN ${notes}` +
  ` ELSE ${countOf('n.moment > m.moment')} + ${countOf('n.entity > m.entity AND +n.moment <= m.moment')} END`;

const lastOfSpace =
  `SELECT l.entity FROM entities l WHERE l.space = e.entity AND ${livingNote('l')}` +
  ' ORDER BY l.moment DESC, l.created_at DESC, l.created_c DESC, l.id DESC LIMIT 1';

// MRG-7
const spacesQuery =
  selectEntityWith(`${notes} AS notes, ${unread} AS unread, (${lastOfSpace}) AS last`) +
  ' LEFT JOIN space_notes c ON c.space = e.entity LEFT JOIN read_marks m ON m.space = e.entity' +
  ` WHERE e.kind = ${codeByKind.space} AND ${hasState} AND (e.deleted = 0 OR ${notes} > 0)`;

function rowToSpaceRow(row: SqlRow, last: NoteRow | null): SpaceRow {
  const { id, value, deleted, conflict, backedUp, createdAt, editedAt } = rowToEntityOf('space', row);
  const { name, folder, colour = null, icon = null, pinned = false, order = null } = value;
  return {
    id,
    name,
    folder,
    colour,
    icon,
    pinned,
    order,
    deleted,
    conflict,
    backedUp,
    createdAt,
    editedAt,
    notes: readNumber(row, 'notes'),
    unread: readNumber(row, 'unread'),
    last,
  };
}

function compareSpaces(left: SpaceRow, right: SpaceRow): number {
  return (
    Number(right.pinned) - Number(left.pinned) ||
    Number(left.order === null) - Number(right.order === null) ||
    compareTexts(left.order ?? '', right.order ?? '') ||
    compareNames(left, right)
  );
}
