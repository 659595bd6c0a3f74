import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow, SqlValue } from '../../platform/sql-database.ts';
import { entityOfSpace, isLivingNote, selectEntityWith } from '../entity-rows.ts';
import { foldText } from '../fold-text.ts';
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
  const whole = createParts(database, ofSpace);
  const tagged = createParts(database, `${ofSpace} AND ${hasTag}`);
  return ({ space, tag, place = 'newest', limit = limitOfRows, beginning = beginningCharacters }) => {
    const id = uuidToBytes(space);
    const { readPlace, isOlder, isNewer } =
      tag === undefined ? whole([id]) : tagged([id, id, foldText(tag.toWellFormed())]);
    const rows = readPlace(place, limit);
    const keyIf = (isMore: typeof isOlder, row: SqlRow | undefined): NoteKey | null => {
      if (row === undefined) return null;
      const key = rowToNoteKey(row);
      return isMore(key) ? key : null;
    };
    return {
      rows: readNoteRows(rows, beginning),
      before: keyIf(isOlder, rows[0]),
      after: keyIf(isNewer, rows.at(-1)),
    };
  };
}

/** Reads parts of one stream. */
interface Parts {
  readPlace(place: StreamPlace, limit: number): readonly SqlRow[];
  isOlder(key: NoteKey): boolean;
  isNewer(key: NoteKey): boolean;
}

/**
 * @param condition which notes the stream has
 * @returns given the parameters of the condition
 */
function createParts(database: SqlDatabase, condition: string): (of: readonly SqlValue[]) => Parts {
  const selectRow = `${selectEntityWith('e.entity, e.moment, e.created_c')} ${condition}`;
  const before = (comparison: '<' | '<=') =>
    database.prepare(
      `${selectRow} AND ${streamKey} ${comparison} (?, ?, ?, ?) ORDER BY ${latestFirst} LIMIT ?`,
    );
  const selectOlder = before('<');
  const selectUpTo = before('<=');
  const selectNewer = database.prepare(
    `${selectRow} AND ${streamKey} > (?, ?, ?, ?) ORDER BY ${earliestFirst} LIMIT ?`,
  );
  const selectOne = `SELECT 1 FROM entities e ${condition}`;
  const isOlder = database.prepare(`${selectOne} AND ${streamKey} < (?, ?, ?, ?) LIMIT 1`);
  const isNewer = database.prepare(`${selectOne} AND ${streamKey} > (?, ?, ?, ?) LIMIT 1`);
  const selectKey = database.prepare(
    'SELECT e.moment, e.created_at, e.created_c, e.id FROM entities e' +
      ` WHERE e.id = ? AND e.kind = ${codeByKind.note} AND e.moment IS NOT NULL`,
  );

  return (of) => {
    const older = (key: NoteKey, limit: number): readonly SqlRow[] =>
      selectOlder.all(...of, ...noteKeyToColumns(key), limit).toReversed();
    const newer = (key: NoteKey, limit: number): readonly SqlRow[] =>
      selectNewer.all(...of, ...noteKeyToColumns(key), limit);
    const around = (note: EntityId, limit: number): readonly SqlRow[] => {
      const found = selectKey.get(uuidToBytes(note));
      if (found === undefined) return older(endKey, limit);
      const key = rowToNoteKey(found);
      const half = newer(key, Math.floor(limit / 2));
      const first = selectUpTo.all(...of, ...noteKeyToColumns(key), limit - half.length).toReversed();
      // At the beginning of the stream there is room for more on the other side.
      const isFull = first.length + half.length === limit;
      return [...first, ...(isFull ? half : newer(key, limit - first.length))];
    };
    return {
      readPlace: (place, limit) => {
        if (place === 'newest') return older(endKey, limit);
        if (place === 'oldest') return newer(firstKey, limit);
        if ('before' in place) return older(place.before, limit);
        if ('after' in place) return newer(place.after, limit);
        if ('from' in place) return newer(firstKeyAt(place.from), limit);
        return around(place.around, limit);
      },
      isOlder: (key) => isOlder.get(...of, ...noteKeyToColumns(key)) !== undefined,
      isNewer: (key) => isNewer.get(...of, ...noteKeyToColumns(key)) !== undefined,
    };
  };
}

const streamKey = '(e.moment, e.created_at, e.created_c, e.id)';
const earliestFirst = 'e.moment, e.created_at, e.created_c, e.id';
const latestFirst = 'e.moment DESC, e.created_at DESC, e.created_c DESC, e.id DESC';

const ofSpace = `WHERE e.space = ${entityOfSpace} AND ${isLivingNote}`;
/** The sign keeps the notes in the stream's own order: to sort all that have the tag would take longer. */
const hasTag = `+e.entity IN (SELECT t.note FROM tags t WHERE t.space = ${entityOfSpace} AND t.tag = ?)`;
