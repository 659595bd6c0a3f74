import type { SqlDatabase } from '../platform/sql-database.ts';
import { createEntities } from './create-entities.ts';
import { createFacts } from './create-facts.ts';
import { createHeldFiles } from './create-held-files.ts';
import { createLocalLog } from './create-local-log.ts';
import { createLogTables } from './log-tables.ts';
import { readNumber } from './row-values.ts';
import { migrate } from './schema.ts';
import { createSearchIndex } from './search-index.ts';
import { createSearch } from './search.ts';
import { createSearchedNotes } from './searched-notes.ts';
import type { Store } from './store.ts';
import { createTransactions } from './transactions.ts';

export interface StoreDependencies {
  /** Open, and from now on the store's: it closes it. */
  readonly database: SqlDatabase;
  /** Cryptographically secure: ids of devices come from it. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/**
 * The store in a database that is new or was one before. // STO-8
 *
 * @throws DataansError `storage-unusable` where the database is something else, or newer than this program
 */
export function createStore({ database, randomBytes }: StoreDependencies): Store {
  const transactions = createTransactions(database);
  migrate(database, transactions, randomBytes);
  const tables = createLogTables(database, randomBytes);
  const searchedNotes = createSearchedNotes(database);
  const index = createSearchIndex(database, transactions, searchedNotes);
  const search = createSearch(database, index, searchedNotes);
  const selectChanges = database.prepare('PRAGMA data_version');
  return {
    log: createLocalLog(tables, transactions),
    entities: createEntities(database, transactions, search),
    files: createHeldFiles(database, transactions),
    facts: createFacts(database, transactions),
    // SQLite counts what other connections wrote.
    changeCounter: () => readNumber(selectChanges.get() ?? {}, 'data_version') + transactions.writes(),
    close: () => database.close(),
  };
}
