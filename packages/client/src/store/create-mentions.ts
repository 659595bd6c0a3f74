import { bytesToUuid, uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { compareTexts } from './compare-names.ts';
import { entityOfSpace, isLivingNote } from './entity-rows.ts';
import type { StoreMentions, TagCount } from './mentions.ts';
import { readBytes, readNumber, readText } from './row-values.ts';

export function createMentions(database: SqlDatabase): StoreMentions {
  return { ...createTagCounts(database), ...createLinking(database) };
}

function createTagCounts(database: SqlDatabase): Pick<StoreMentions, 'tags'> {
  const select = database.prepare(`${countTags} GROUP BY space, tag`);
  const selectOfSpace = database.prepare(`${countTags} WHERE space = ${entityOfSpace} GROUP BY tag`);
  return {
    tags: (space) => {
      const rows = space === undefined ? select.all() : selectOfSpace.all(uuidToBytes(space));
      const counts = new Map<string, TagCount>();
      for (const row of rows) {
        const folded = readText(row, 'tag');
        const known = counts.get(folded);
        const notes = readNumber(row, 'notes') + (known?.notes ?? 0);
        counts.set(folded, { tag: known?.tag ?? readText(row, 'written'), notes });
      }
      return [...counts.values()].toSorted(
        (left, right) => right.notes - left.notes || compareTexts(left.tag, right.tag),
      );
    },
  };
}

/** Of those that differ in case, one in lower case. */
const countTags = 'SELECT tag, count(*) AS notes, max(written) AS written FROM tags';

function createLinking(database: SqlDatabase): Omit<StoreMentions, 'tags'> {
  const selectCounts = database.prepare(
    "SELECT l.target, count(*) AS notes FROM json_each(?) n JOIN links l ON l.target = unhex(n.value, '-')" +
      ' JOIN entities e ON e.entity = l.note WHERE e.id <> l.target GROUP BY l.target',
  );
  const selectNames = database.prepare(
    'SELECT n.value AS name FROM json_each(?) n WHERE EXISTS (SELECT 1 FROM links l WHERE l.target = n.value)',
  );
  const selectNotes = database.prepare(
    'SELECT e.id FROM links l JOIN entities e ON e.entity = l.note' +
      ` WHERE l.target = ? AND e.id <> l.target AND ${isLivingNote} ORDER BY e.moment DESC, e.id LIMIT ?`,
  );
  return {
    countNaming: (ids) =>
      new Map(
        selectCounts.all(JSON.stringify(ids)).map((row) => [readId(row, 'target'), readNumber(row, 'notes')]),
      ),
    linkedNames: (names) =>
      new Set(selectNames.all(JSON.stringify(names)).map((row) => readText(row, 'name'))),
    naming: (id, limit) => selectNotes.all(uuidToBytes(id), limit).map((row) => readId(row, 'id')),
    linkingToName: (name, limit) => selectNotes.all(name, limit).map((row) => readId(row, 'id')),
  };
}

function readId(row: SqlRow, column: string): EntityId {
  return bytesToUuid<EntityId>(readBytes(row, column));
}
