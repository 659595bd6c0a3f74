import type { SqlDatabase, SqlRow } from '../../platform/sql-database.ts';
import { compareNames, compareTexts } from '../compare-names.ts';
import { hasState, isLivingNote, livingNote, rowToEntityOf, selectEntityWith } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';
import { readNullableNumber, readNumber } from '../row-values.ts';
import type { NoteRow } from './note-row.ts';
import type { ReadNumberedRows } from './numbered-rows.ts';
import type { SpaceRow } from './windows.ts';

/** Visible spaces with their newest notes and what is unread; three queries however many they are. */
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

const notesBySpace =
  'SELECT e.space AS counted, count(*) AS notes,' +
  ' count(*) FILTER (WHERE m.space IS NULL OR e.moment > m.moment OR e.entity > m.entity) AS unread' +
  ' FROM entities e LEFT JOIN read_marks m ON m.space = e.space' +
  ` WHERE e.space IS NOT NULL AND ${isLivingNote} GROUP BY e.space`;

const lastOfSpace =
  `SELECT l.entity FROM entities l WHERE l.space = e.entity AND ${livingNote('l')}` +
  ' ORDER BY l.moment DESC, l.created_at DESC, l.created_c DESC, l.id DESC LIMIT 1';

// MRG-7
const spacesQuery =
  selectEntityWith(
    `coalesce(n.notes, 0) AS notes, coalesce(n.unread, 0) AS unread, (${lastOfSpace}) AS last`,
  ) +
  ` LEFT JOIN (${notesBySpace}) n ON n.counted = e.entity` +
  ` WHERE e.kind = ${codeByKind.space} AND ${hasState} AND (e.deleted = 0 OR n.notes > 0)`;

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
