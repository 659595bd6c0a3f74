import { DataansError } from '@dataans/core';
import type { Kept } from './kept-account.ts';
import { explainOpfsFault, openElsewhere } from './opfs-faults.ts';

/** Where a browser keeps keys between two visits: IndexedDB, the only place that holds them as keys. */
export interface KeyStore {
  read<Name extends keyof Kept>(name: Name): Promise<Kept[Name] | null>;
  /** All of it or nothing; `null` forgets. On disk when it resolves. */
  write(changes: { readonly [Name in keyof Kept]?: Kept[Name] | null }): Promise<void>;
  close(): void;
}

/** Keys of version 1 lack those that prove account records: whoever was signed in signs in once more. // KEY-12 */
const formatVersion = 2;
const tableName = 'kept';

/**
 * @param databaseName in IndexedDB
 * @throws DataansError `storage-unusable` where the browser offers none, or a newer program made it
 */
export async function openKeyStore(indexedDB: IDBFactory, databaseName: string): Promise<KeyStore> {
  let opened: IDBDatabase | null = await openDatabase(indexedDB, databaseName, () => (opened = null));

  /** Opened again if another tab made it step aside: that one has upgraded the format, or is gone. */
  const begin = async (mode: IDBTransactionMode): Promise<IDBTransaction> => {
    opened ??= await openDatabase(indexedDB, databaseName, () => (opened = null));
    try {
      return opened.transaction(tableName, mode, { durability: 'strict' });
    } catch (fault) {
      throw explainKeyStoreFault(fault);
    }
  };

  return {
    read: async (name) => {
      const kept: unknown = await settle((await begin('readonly')).objectStore(tableName).get(name));
      // Only `write` below writes here, and the version of the database says in which form.
      return (kept ?? null) as Kept[typeof name] | null;
    },
    write: async (changes) => {
      const transaction = await begin('readwrite');
      const table = transaction.objectStore(tableName);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) table.delete(name);
        else table.put(value, name);
      }
      await completed(transaction);
    },
    close: () => {
      opened?.close();
      opened = null;
    },
  };
}

/**
 * Deletes it with all that is in it, of whatever version it is.
 *
 * @throws DataansError `busy` if another tab holds it open
 */
export function eraseKeyStore(indexedDB: IDBFactory, databaseName: string): Promise<void> {
  const deleting = indexedDB.deleteDatabase(databaseName);
  return new Promise((resolve, reject) => {
    deleting.addEventListener('success', () => {
      resolve();
    });
    deleting.addEventListener('error', () => {
      reject(explainKeyStoreFault(deleting.error));
    });
    deleting.addEventListener('blocked', () => {
      reject(openElsewhere());
    });
  });
}

async function openDatabase(
  indexedDB: IDBFactory,
  databaseName: string,
  onClosed: () => void,
): Promise<IDBDatabase> {
  const opening = indexedDB.open(databaseName, formatVersion);
  opening.addEventListener('upgradeneeded', ({ oldVersion }) => {
    if (oldVersion === 0) opening.result.createObjectStore(tableName);
    else opening.transaction?.objectStore(tableName).delete('account');
  });
  const database = await settle(opening);
  // Another tab that upgrades the format, or erases it, must not have to wait for this one.
  database.addEventListener('versionchange', () => {
    database.close();
    onClosed();
  });
  return database;
}

function settle<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(explainKeyStoreFault(request.error));
    });
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', () => {
      reject(explainKeyStoreFault(transaction.error));
    });
  });
}

function explainKeyStoreFault(fault: unknown): DataansError {
  if (fault instanceof DOMException && fault.name === 'VersionError') {
    return new DataansError('storage-unusable', 'A newer version of Dataans has been used in this browser.', {
      advice: 'Reload the page to get that version.',
      cause: fault,
    });
  }
  return explainOpfsFault(fault ?? new Error('IndexedDB gave up without saying why'));
}
