import type { SqlDatabase } from '../platform/sql-database.ts';
import type { OnIndexing } from './entities.ts';
import type { Facts } from './facts.ts';
import { foldingVersion } from './fold-text.ts';
import { codeByKind } from './kind-codes.ts';
import { readNumber } from './row-values.ts';
import { foldSearchedNote, type SearchedNotes } from './searched-notes.ts';
import type { Transactions } from './transactions.ts';

/** Operations whose entities are brought into the index in one transaction. */
const operationsPerBatch = 500;

/** The full-text index follows the operations when somebody searches, so that writing never waits for it. */
export interface SearchIndex {
  /** Takes in everything that came since the last time, in bounded transactions. */
  catchUp(onProgress?: OnIndexing): void;
  /** Notes that may match, the newest first. */
  candidates(trigramQuery: string): readonly number[];
}

export function createSearchIndex(
  database: SqlDatabase,
  transactions: Transactions,
  notes: SearchedNotes,
  facts: Facts,
): SearchIndex {
  const selectBehind = database.prepare(
    'SELECT place AS indexed, (SELECT max(place) FROM operations) AS last FROM indexed',
  );
  const selectTouched = database.prepare(touchedNotes);
  const replaceWords = database.prepare('INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)');
  const removeWords = database.prepare('DELETE FROM words WHERE rowid = ?');
  const removeAllWords = database.prepare("INSERT INTO words (words) VALUES ('delete-all')");
  const updateIndexed = database.prepare('UPDATE indexed SET place = ?');
  const selectCandidates = database.prepare(
    'SELECT e.entity FROM words JOIN entities e ON e.entity = words.rowid' +
      ' WHERE words MATCH ? ORDER BY e.edited_at DESC, e.id',
  );

  const readBehind = (): Behind => {
    const row = selectBehind.get() ?? {};
    return { indexed: readNumber(row, 'indexed'), last: row['last'] === null ? 0 : readNumber(row, 'last') };
  };

  /** What was folded in another way could not be found any more: the index starts from nothing. // STO-6 */
  const dropOtherFolding = (): void => {
    const folding = String(foldingVersion);
    if (facts.read('search-folding') === folding) return;
    transactions.write(() => {
      removeAllWords.run();
      updateIndexed.run(0);
      facts.write('search-folding', folding);
    });
  };

  const takeInBatch = (): Behind => {
    const { indexed, last } = readBehind();
    const end = Math.min(last, indexed + operationsPerBatch);
    for (const row of selectTouched.all(indexed, end, indexed, end)) {
      const entity = readNumber(row, 'note');
      const note = notes.read(entity);
      if (note === null) removeWords.run(entity);
      else replaceWords.run(entity, foldSearchedNote(note));
    }
    updateIndexed.run(end);
    return { indexed: end, last };
  };

  return {
    catchUp: (onProgress = () => undefined) => {
      dropOtherFolding();
      const first = readBehind();
      for (let behind = first; behind.indexed !== behind.last;) {
        behind = transactions.write(takeInBatch);
        if (behind.indexed !== behind.last)
          onProgress({ done: behind.indexed - first.indexed, total: behind.last - first.indexed });
      }
    },
    candidates: (trigramQuery) => selectCandidates.all(trigramQuery).map((row) => readNumber(row, 'entity')),
  };
}

/** The place of the last operation that is in the index, and of the last there is. */
interface Behind {
  readonly indexed: number;
  readonly last: number;
}

/** Notes with operations in a range of places, and notes that hold a file with such. */
const touchedNotes =
  'SELECT o.entity AS note FROM operations o JOIN entities e ON e.entity = o.entity' +
  ` WHERE o.place > ? AND o.place <= ? AND e.kind = ${codeByKind.note}` +
  ' UNION SELECT a.note FROM operations o JOIN attachments a ON a.file = o.entity' +
  ' WHERE o.place > ? AND o.place <= ?';
