import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../../platform/sql-database.ts';
import { entityOfSpace, isLivingNote, selectEntityWith } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';
import { endKey, firstKey, firstKeyAt, noteKeyToColumns, rowToNoteKey, type NoteKey } from './note-key.ts';
import { beginningCharacters } from './note-row.ts';
import type { ReadNoteRows } from './read-note-rows.ts';
import type { NoteQuery, NoteWindow, StreamPlace } from './windows.ts';

const limitOfRows = 50;

/** Windows over the notes of a space, through the index `stream`. */
export function createStream(
  database: SqlDatabase,
  readNoteRows: ReadNoteRows,
): (query: NoteQuery) => NoteWindow {
  const before = (comparison: '<' | '<=') =>
    database.prepare(
      `${selectRow} AND ${streamKey} ${comparison} (?, ?, ?, ?) ORDER BY ${latestFirst} LIMIT ?`,
    );
  const selectOlder = before('<');
  const selectUpTo = before('<=');
  const selectNewer = database.prepare(
    `${selectRow} AND ${streamKey} > (?, ?, ?, ?) ORDER BY ${earliestFirst} LIMIT ?`,
  );
  const isOlder = database.prepare(`${selectOne} AND ${streamKey} < (?, ?, ?, ?) LIMIT 1`);
  const isNewer = database.prepare(`${selectOne} AND ${streamKey} > (?, ?, ?, ?) LIMIT 1`);
  const selectKey = database.prepare(
    'SELECT e.moment, e.created_at, e.created_c, e.id FROM entities e' +
      ` WHERE e.id = ? AND e.kind = ${codeByKind.note} AND e.moment IS NOT NULL`,
  );

  const older = (space: Uint8Array, key: NoteKey, limit: number): readonly SqlRow[] =>
    selectOlder.all(space, ...noteKeyToColumns(key), limit).toReversed();
  const newer = (space: Uint8Array, key: NoteKey, limit: number): readonly SqlRow[] =>
    selectNewer.all(space, ...noteKeyToColumns(key), limit);
  const around = (space: Uint8Array, note: EntityId, limit: number): readonly SqlRow[] => {
    const found = selectKey.get(uuidToBytes(note));
    if (found === undefined) return older(space, endKey, limit);
    const key = rowToNoteKey(found);
    const half = newer(space, key, Math.floor(limit / 2));
    const first = selectUpTo.all(space, ...noteKeyToColumns(key), limit - half.length).toReversed();
    // At the beginning of the stream there is room for more on the other side.
    const isFull = first.length + half.length === limit;
    return [...first, ...(isFull ? half : newer(space, key, limit - first.length))];
  };

  const readPlace = (space: Uint8Array, place: StreamPlace, limit: number): readonly SqlRow[] => {
    if (place === 'newest') return older(space, endKey, limit);
    if (place === 'oldest') return newer(space, firstKey, limit);
    if ('before' in place) return older(space, place.before, limit);
    if ('after' in place) return newer(space, place.after, limit);
    if ('from' in place) return newer(space, firstKeyAt(place.from), limit);
    return around(space, place.around, limit);
  };

  return ({ space, place = 'newest', limit = limitOfRows, beginning = beginningCharacters }) => {
    const spaceId = uuidToBytes(space);
    const rows = readPlace(spaceId, place, limit);
    const [first] = rows;
    const last = rows.at(-1);
    const keyIf = (statement: typeof isOlder, row: SqlRow | undefined): NoteKey | null => {
      if (row === undefined) return null;
      const key = rowToNoteKey(row);
      return statement.get(spaceId, ...noteKeyToColumns(key)) === undefined ? null : key;
    };
    return {
      rows: readNoteRows(rows, beginning),
      before: keyIf(isOlder, first),
      after: keyIf(isNewer, last),
    };
  };
}

const streamKey = '(e.moment, e.created_at, e.created_c, e.id)';
const earliestFirst = 'e.moment, e.created_at, e.created_c, e.id';
const latestFirst = 'e.moment DESC, e.created_at DESC, e.created_c DESC, e.id DESC';

const ofSpace = `WHERE e.space = ${entityOfSpace} AND ${isLivingNote}`;
const selectRow = `${selectEntityWith('e.entity, e.moment, e.created_c')} ${ofSpace}`;
const selectOne = `SELECT 1 FROM entities e ${ofSpace}`;
