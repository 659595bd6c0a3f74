import { DataansError } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { explainOpfsFault } from './opfs-faults.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { createWasmDatabase } from './wasm-database.ts';
import { loadWasmSqlite, type WasmSqlite } from './wasm-sqlite.ts';

const fileName = '/dataans.sqlite';
/** Larger pages mean fewer of them rewritten for ids in random order. */
const pageBytes = 8_192;
const cacheKiB = 16 * 1_024;
/** Pages in the write-ahead log before it is folded into the file: 16 MiB. */
const checkpointPages = 2_000;

/** Of a copy, before the number of the version that came after it. */
const copyBeginning = `${fileName}.before-schema-`;

export interface OpfsDatabase extends SqlDatabase {
  /**
   * Keeps a copy in the same folder, in the place of earlier ones, before the schema of this version changes.
   * Not in a transaction. // STO-17
   *
   * @throws DataansError `storage-full` where there is no room for two of them: then there is no copy
   */
  keepCopy(version: number): void;
  /** Closes it and deletes it with its folder. */
  erase(): Promise<void>;
}

/**
 * Opens, or makes, the database in a folder of the origin's private file system. Only in a dedicated
 * worker, and only once at a time for a folder, whatever the tab: its files stay locked until it is closed.
 *
 * @param folder path in the private file system; made when missing, and used for nothing else
 * @throws DataansError `busy` when another tab has it open; `storage-full`; `storage-unusable` where the
 *   browser offers no such file system (as in some private windows) or the file is damaged. What is
 *   stored stays as it is.
 */
export async function openOpfsSqlite(folder: string): Promise<OpfsDatabase> {
  const sqlite = await loadWasmSqlite();
  const pool = await openPool(sqlite, folder);
  try {
    const database = openFile(sqlite, pool);
    const close = (): void => {
      database.close();
      pool.pauseVfs();
    };
    const erase = async (): Promise<void> => {
      close();
      await pool.removeVfs();
    };
    const keepCopy = (version: number): void => {
      removeCopies(pool);
      try {
        database.exec(`VACUUM INTO '${copyBeginning}${version + 1}'`);
      } catch (error) {
        removeCopies(pool);
        throw error;
      }
    };
    return { ...database, close, erase, keepCopy };
  } catch (error) {
    pool.pauseVfs();
    throw error;
  }
}

type Pool = Awaited<ReturnType<WasmSqlite['api']['installOpfsSAHPoolVfs']>>;

async function openPool(sqlite: WasmSqlite, folder: string): Promise<Pool> {
  const options = {
    name: folder,
    directory: folder,
    // Left out, a pool that cannot be opened because another tab has it is deleted. // BRW-1
    preserveOnInitFailure: true,
    // The next attempt may find the folder free.
    forceReinitIfPreviouslyFailed: true,
  };
  try {
    const pool = await sqlite.api.installOpfsSAHPoolVfs(options);
    return await pool.unpauseVfs();
  } catch (error) {
    throw explainOpfsFault(error);
  }
}

function removeCopies(pool: Pool): void {
  for (const name of pool.getFileNames()) if (name.startsWith(copyBeginning)) pool.unlink(name);
}

function openFile(sqlite: WasmSqlite, pool: Pool): SqlDatabase {
  let opened;
  try {
    opened = new pool.OpfsSAHPoolDb(fileName);
  } catch (error) {
    if (!(error instanceof sqlite.api.SQLite3Error)) throw error;
    throw sqliteFault(error.resultCode, error.message, sqlite.takeFileFault());
  }
  const database = createWasmDatabase(sqlite, opened);
  try {
    configure(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** The write-ahead log without shared memory needs exclusive locking, and that has to be said first. // BRW-2 */
function configure(database: SqlDatabase): void {
  database.exec(`PRAGMA page_size = ${pageBytes}`);
  database.exec('PRAGMA locking_mode = exclusive');
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
  if (mode !== 'wal') {
    throw new DataansError(
      'storage-unusable',
      `The database in this browser stays in another journal mode: ${String(mode)}.`,
    );
  }
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -${cacheKiB};
    PRAGMA wal_autocheckpoint = ${checkpointPages};
    PRAGMA temp_store = MEMORY;
  `);
}
