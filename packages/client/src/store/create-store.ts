import type { SqlDatabase } from '../platform/sql-database.ts';
import type { StoreWitness } from '../platform/store-witness.ts';
import { createChangeFeed, tellCommits } from './change-feed.ts';
import { createDrafts } from './draft-rows.ts';
import { createEntities } from './create-entities.ts';
import { createFacts } from './create-facts.ts';
import { createMentions } from './create-mentions.ts';
import { createHeldFiles } from './create-held-files.ts';
import { createLocalLog } from './create-local-log.ts';
import { createPast } from './create-past.ts';
import { createLogTables } from './log-tables.ts';
import { mergeAgain } from './merge-again.ts';
import { keepToSchema, migrate } from './migrate.ts';
import { prepareOnUse } from './prepare-on-use.ts';
import { noteNumbers, recognizeCopy } from './recognize-copy.ts';
import { createSearchIndex } from './search-index.ts';
import { createSearch } from './search.ts';
import { createSearchedNotes } from './searched-notes.ts';
import type { Store } from './store.ts';
import { createTextSearch } from './create-text-search.ts';
import { createThumbnails } from './create-thumbnails.ts';
import { createTransactions } from './transactions.ts';
import { createWindows } from './windows/create-windows.ts';
import { createNumberedRows } from './windows/numbered-rows.ts';
import { createNoteRows } from './windows/read-note-rows.ts';

export interface StoreDependencies {
  /** Open, and from now on the store's: it closes it. */
  readonly database: SqlDatabase;
  /** Cryptographically secure: ids of devices come from it. */
  readonly randomBytes: (length: number) => Uint8Array;
  /**
   * Copies the database before its schema of this version changes; a database in memory is not copied. Where
   * another process has changed it meanwhile, there is nothing to copy. // STO-17
   */
  readonly keepCopy?: (version: number) => void;
  /** Without one only a sync notices that the store is a copy. // STO-7 */
  readonly witness?: StoreWitness;
}

/**
 * The store in a database that is new or was one before. // STO-8
 *
 * @throws DataansError `storage-unusable` where the database is something else, or newer than this program
 */
export function createStore({ randomBytes, keepCopy, witness, ...given }: StoreDependencies): Store {
  const database = prepareOnUse(given.database);
  const anyTransactions = createTransactions(database);
  const finish = (version: number): void =>
    mergeAgain(database, createLogTables(database, randomBytes), version);
  migrate(database, anyTransactions, { randomBytes, keepCopy, finish });
  const feed = createChangeFeed(database);
  const untold = keepToSchema(database, anyTransactions);
  const transactions = tellCommits(untold, feed);
  const tables = createLogTables(database, randomBytes);
  const { facts } = tables;
  if (witness !== undefined) recognizeCopy({ writer: tables.writer, facts }, transactions, witness);
  const log = createLocalLog(tables, transactions, feed);
  const searchedNotes = createSearchedNotes(database);
  const index = createSearchIndex(database, transactions, searchedNotes, facts);
  const search = createSearch(index, searchedNotes);
  const readRows = createNumberedRows(database, createNoteRows(database));
  return {
    log: witness === undefined ? log : noteNumbers(log, witness),
    entities: createEntities(database, transactions, search),
    windows: createWindows(database, transactions),
    search: createTextSearch(index, searchedNotes, readRows),
    mentions: createMentions(database),
    past: createPast(database, transactions, tables),
    files: createHeldFiles(database, transactions),
    facts: createFacts(facts, transactions),
    drafts: createDrafts(tables.drafts, transactions),
    thumbnails: createThumbnails(database, untold),
    onChange: feed.onChange,
    lookForOthers: feed.lookForOthers,
    close: () => {
      feed.close();
      database.close();
    },
  };
}
