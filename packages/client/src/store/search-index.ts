import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { entityOfSpace, isLivingNote } from './entity-rows.ts';
import type { Facts } from './facts.ts';
import { foldingVersion } from './fold-text.ts';
import { createIndexTerms } from './index-terms.ts';
import { codeByKind } from './kind-codes.ts';
import { findMentions } from '../links/find-mentions.ts';
import { createMentionRows } from './mention-rows.ts';
import { readNumber, readText } from './row-values.ts';
import { foldSearchedNote, type SearchedNotes } from './searched-notes.ts';
import type { Transactions } from './transactions.ts';

/** Most that one transaction brings into the index. */
export interface IndexBatch {
  readonly operations: number;
  readonly bytes: number;
}

/** The place of the last operation that is in the index, and of the last there is. */
export interface Behind {
  readonly indexed: number;
  readonly last: number;
}

/** The full-text index, and what texts mention, follow the operations: writing never waits for them. // STO-6, STO-44, STO-59 */
export interface SearchIndex {
  behind(): Behind;
  /** Takes in the next operations, at least one. */
  takeIn(batch: IndexBatch): Behind;
  /** Notes that may match, the newest first; of all that live if the index does not help. */
  candidates(words: readonly string[], space: EntityId | undefined): readonly number[];
  /** All notes that live, the newest first. */
  everyNote(space: EntityId | undefined): readonly number[];
  /** The newest of these, so many at most: quick, however many live. */
  newest(space: EntityId | undefined, count: number): readonly number[];
}

export function createSearchIndex(
  database: SqlDatabase,
  transactions: Transactions,
  notes: SearchedNotes,
  facts: Facts,
): SearchIndex {
  const { behind, takeIn } = createFilling(database, notes, facts);
  return {
    behind,
    takeIn: (batch) => transactions.write(() => takeIn(batch), 'soon'), // It can be made again.
    ...createMatching(database),
  };
}

function createFilling(
  database: SqlDatabase,
  notes: SearchedNotes,
  facts: Facts,
): Pick<SearchIndex, 'behind' | 'takeIn'> {
  const selectBehind = database.prepare(
    'SELECT place AS indexed, (SELECT max(place) FROM operations) AS last FROM indexed',
  );
  const selectNext = database.prepare(
    'SELECT place, length(body) AS bytes FROM operations WHERE place > ? ORDER BY place LIMIT ?',
  );
  const selectTouched = database.prepare(touchedNotes);
  const replaceWords = database.prepare('INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)');
  const removeWords = database.prepare('DELETE FROM words WHERE rowid = ?');
  const mentions = createMentionRows(database);
  const removeAllWords = database.prepare("INSERT INTO words (words) VALUES ('delete-all')");
  const updateIndexed = database.prepare('UPDATE indexed SET place = ?');

  const isOfThisKind = (): boolean => facts.read('search-folding') === kindOfIndex;
  const behind = (): Behind => {
    const row = selectBehind.get() ?? {};
    const last = row['last'] === null ? 0 : readNumber(row, 'last');
    return { indexed: isOfThisKind() ? readNumber(row, 'indexed') : 0, last };
  };
  /** What was folded in another way could not be found any more: the index starts from nothing. // STO-6 */
  const dropOtherKind = (): void => {
    if (isOfThisKind()) return;
    removeAllWords.run();
    mentions.removeAll();
    updateIndexed.run(0);
    facts.write('search-folding', kindOfIndex);
  };
  const findEnd = ({ indexed, last }: Behind, batch: IndexBatch): number => {
    let bytes = 0;
    for (const row of selectNext.all(indexed, batch.operations)) {
      bytes += readNumber(row, 'bytes');
      if (bytes >= batch.bytes) return readNumber(row, 'place');
    }
    return Math.min(last, indexed + batch.operations);
  };
  return {
    behind,
    takeIn: (batch) => {
      dropOtherKind();
      const before = behind();
      const end = findEnd(before, batch);
      for (const row of selectTouched.all(before.indexed, end, before.indexed, end)) {
        const entity = readNumber(row, 'note');
        const note = notes.read(entity);
        if (note === null) {
          removeWords.run(entity);
          mentions.remove(entity);
        } else {
          replaceWords.run(entity, `${foldSearchedNote(note)}\n\n`); // See `createIndexTerms`.
          mentions.replace(entity, findMentions(note.note.value.text));
        }
      }
      updateIndexed.run(end);
      return { indexed: end, last: before.last };
    },
  };
}

function createMatching(database: SqlDatabase): Pick<SearchIndex, 'candidates' | 'newest' | 'everyNote'> {
  const indexTerms = createIndexTerms(database);
  const inSpace = `AND e.space = ${entityOfSpace}`;
  const selectMatches = database.prepare(asOneText(`${matches} ${newestFirst}`));
  const selectMatchesOfSpace = database.prepare(asOneText(`${matches} ${inSpace} ${newestFirst}`));
  const selectEvery = database.prepare(asOneText(`${everyNote} ${newestFirst}`));
  const selectEveryOfSpace = database.prepare(asOneText(`${everyNote} ${inSpace} ${newestFirst}`));

  const selectNewest = database.prepare(asOneText(`${everyNote} ${newestFirst} LIMIT ?`));
  // From the index of all, in its order: those of a space would have to be sorted.
  const selectNewestOfSpace = database.prepare(
    asOneText(`${everyNote} AND +e.space = ${entityOfSpace} ${newestFirst} LIMIT ?`),
  );

  const readEvery = (space: EntityId | undefined): readonly number[] =>
    readNumbers(space === undefined ? selectEvery.get() : selectEveryOfSpace.get(uuidToBytes(space)));
  return {
    everyNote: readEvery,
    newest: (space, count) =>
      readNumbers(
        space === undefined ? selectNewest.get(count) : selectNewestOfSpace.get(uuidToBytes(space), count),
      ),
    candidates: (words, space) => {
      const query = indexTerms(words);
      if (query.kind === 'none') return [];
      if (query.kind === 'all') return readEvery(space);
      return readNumbers(
        space === undefined
          ? selectMatches.get(query.match)
          : selectMatchesOfSpace.get(query.match, uuidToBytes(space)),
      );
    },
  };
}

/** How texts are folded, and closed with two line ends; with what they mention. */
const kindOfIndex = `${foldingVersion} closed, mentions`;

const newestFirst = 'ORDER BY e.edited_at DESC, e.id';
const matches = 'SELECT e.entity FROM words JOIN entities e ON e.entity = words.rowid WHERE words MATCH ?';
const everyNote = `SELECT e.entity FROM entities e WHERE ${isLivingNote}`;

/** The numbers that a query gives: a row for each of 50,000 would take ten times as long. */
function asOneText(query: string): string {
  return `SELECT json_group_array(entity) AS numbers FROM (${query})`;
}

function readNumbers(row: SqlRow | undefined): readonly number[] {
  // SQLite made it of a column of integers.
  return JSON.parse(readText(row ?? {}, 'numbers')) as readonly number[];
}

/** Notes with operations in a range of places, and notes that hold a file with such. */
const touchedNotes =
  'SELECT o.entity AS note FROM operations o JOIN entities e ON e.entity = o.entity' +
  ` WHERE o.place > ? AND o.place <= ? AND e.kind = ${codeByKind.note}` +
  ' UNION SELECT a.note FROM operations o JOIN attachments a ON a.file = o.entity' +
  ' WHERE o.place > ? AND o.place <= ?';
