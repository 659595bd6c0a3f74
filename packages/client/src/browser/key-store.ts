import { DataansError, type UnlockedKeyring } from '@dataans/core';
import { explainOpfsFault } from './opfs-faults.ts';

/** What a browser keeps of a sign-in, so that a reload asks for no password. */
export interface KeptAccount {
  /** Address of the server, without a slash at its end. */
  readonly server: string;
  readonly passphrase: string;
  /** Bearer token, where the server asks for one. */
  readonly token: string | null;
  /** Its keys were derived by `createWebPrimitives`: they can be used, but nobody can read them. // BRW-4 */
  readonly keyring: UnlockedKeyring;
}

export interface KeyStore {
  /** `null` before the first sign-in and after the sign-out. */
  read(): Promise<KeptAccount | null>;
  write(account: KeptAccount): Promise<void>;
  forget(): Promise<void>;
  close(): void;
}

const formatVersion = 1;
const tableName = 'kept';
const accountKey = 'account';

/**
 * @param name of the database in IndexedDB
 * @throws DataansError `storage-unusable` where the browser offers none, or a newer program made it
 */
export async function openKeyStore(indexedDB: IDBFactory, name: string): Promise<KeyStore> {
  const opening = indexedDB.open(name, formatVersion);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(tableName));
  const database = await settle(opening);
  // Another tab that upgrades the format or erases everything must not have to wait for this one.
  database.addEventListener('versionchange', () => {
    database.close();
  });

  const change = async (act: (table: IDBObjectStore) => void): Promise<void> => {
    const transaction = database.transaction(tableName, 'readwrite', { durability: 'strict' });
    act(transaction.objectStore(tableName));
    await completed(transaction);
  };

  return {
    read: async () => {
      const kept: unknown = await settle(
        database.transaction(tableName).objectStore(tableName).get(accountKey),
      );
      // Only `write` below writes here, and the version of the database says in which form.
      return (kept ?? null) as KeptAccount | null;
    },
    write: (account) =>
      change((table) => {
        table.put(account, accountKey);
      }),
    forget: () =>
      change((table) => {
        table.delete(accountKey);
      }),
    close: () => {
      database.close();
    },
  };
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

function explainKeyStoreFault(fault: DOMException | null): DataansError {
  if (fault?.name === 'VersionError') {
    return new DataansError('storage-unusable', 'A newer version of the program has used this browser.', {
      advice: 'Reload the page to get that version.',
      cause: fault,
    });
  }
  return explainOpfsFault(fault ?? new Error('IndexedDB gave up without saying why'));
}
