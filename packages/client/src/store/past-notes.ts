import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { entityOfSpace, hasState, isLivingNote } from './entity-rows.ts';
import { codeByKind } from './kind-codes.ts';
import { rowToNoteKey, type NoteKey } from './windows/note-key.ts';

/** Notes of a space at a time, as far as that can be said without merging. // STO-55 */
export interface PastNotes {
  /** Those that lived in it, by their places then. */
  readonly known: readonly NoteKey[];
  /** Those that may have, with their places now: only the graph of their revisions tells. */
  readonly uncertain: readonly NoteKey[];
}

/**
 * Most notes are as they were. Of the others most were changed on one device after another: if each revision was made on
 * the one before and stamped later, the state is the last one that was stamped by then.
 */
export function createPastNotes(database: SqlDatabase): (space: EntityId, atMs: number) => PastNotes {
  const selectUnchanged = database.prepare(
    `SELECT ${noteKey} FROM entities e WHERE e.space = ${ofSpace} AND ${isLivingNote}` +
      ` AND NOT (${isChanged})`,
  );
  const selectFollowed = database.prepare(
    `WITH ${changedNotes} SELECT coalesce(json_extract(h.value, '$.date'), h.created_at) AS moment,` +
      ' h.created_at, h.created_c, h.id FROM (' +
      "SELECT e.id, e.created_at, e.created_c, json_extract(CAST(o.body AS TEXT), '$.value') AS value," +
      " json_extract(CAST(o.body AS TEXT), '$.deleted') AS deleted" +
      ` FROM (${lastByThen}) l JOIN entities e ON e.entity = l.entity JOIN operations o ON o.place = l.place` +
      " WHERE l.forks = 0) h WHERE h.deleted = 0 AND json_extract(h.value, '$.space') = ?3",
  );
  const selectUncertain = database.prepare(
    `WITH ${changedNotes} SELECT ${noteKey} FROM (${lastByThen}) l JOIN entities e ON e.entity = l.entity` +
      ' WHERE l.forks > 0',
  );
  return (space, atMs) => {
    const id = uuidToBytes(space);
    return {
      known: [...selectUnchanged.all(id, atMs), ...selectFollowed.all(id, atMs, space)].map(rowToNoteKey),
      uncertain: selectUncertain.all(id, atMs).map(rowToNoteKey),
    };
  };
}

const noteKey = 'e.moment, e.created_at, e.created_c, e.id';
const ofSpace = entityOfSpace.replace('?', '?1');
const isChanged =
  'e.edited_at > ?2 OR e.entity IN' +
  ' (SELECT o.entity FROM arrivals a JOIN operations o ON o.place = a.place WHERE a.at > ?2)';

/** All that were changed since, of those that are in the space or were. */
const changedNotes =
  `changed (entity) AS (SELECT e.entity FROM entities e WHERE e.space = ${ofSpace} AND ${isLivingNote} AND (${isChanged})` +
  ` UNION SELECT e.entity FROM entities e WHERE e.space = ${ofSpace} AND e.kind = ${codeByKind.note}` +
  ` AND e.deleted = 1 AND ${hasState} AND (${isChanged})` +
  ` UNION SELECT e.entity FROM former_spaces f JOIN entities e ON e.entity = f.note WHERE f.space = ${ofSpace}` +
  ` AND ${hasState} AND (${isChanged}))`;

/** Of each the last revision that was stamped by then, and how many were not simply made after the one before. */
const lastByThen =
  'SELECT o.entity, count(p.place) + count(a.place) AS forks,' +
  " max(o.place) FILTER (WHERE json_extract(CAST(o.body AS TEXT), '$.at') <= ?2) AS place" +
  ' FROM changed c CROSS JOIN operations o ON o.entity = c.entity' +
  ' LEFT JOIN parents p ON p.place = o.place LEFT JOIN arrivals a ON a.place = o.place GROUP BY o.entity';
