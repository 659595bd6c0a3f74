import { existsSync } from 'node:fs';
import { DataansError, type Primitives } from '@dataans/core';
import { createStore } from '../store/create-store.ts';
import type { Store } from '../store/store.ts';
import { openReadOnlySqlite, openSqlite } from './sqlite.ts';
import { createStoreWitness } from './store-witness.ts';

export interface StoreFileOptions extends Pick<Primitives, 'randomBytes'> {
  /** Told if the place cannot be written and the store is open for reading alone. Default: then it is not opened. */
  readonly onReadOnly?: ((reason: DataansError) => void) | undefined;
}

/**
 * The store in a file, made where there is none.
 *
 * @throws DataansError `storage-unusable`, `storage-full` or `busy`
 */
export function openStoreFile(path: string, options: StoreFileOptions): Store {
  try {
    return openWritable(path, options);
  } catch (error) {
    if (options.onReadOnly === undefined || !isPlaceUnwritable(error) || !existsSync(path)) throw error;
    const store = openForReading(path, options, error);
    options.onReadOnly(error); // STO-36
    return store;
  }
}

function openWritable(path: string, { randomBytes }: StoreFileOptions): Store {
  const database = openSqlite(path);
  try {
    const { keepCopy } = database;
    return createStore({ database, randomBytes, keepCopy, witness: createStoreWitness(path) });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Without a witness: whether it is a copy matters to who writes. */
function openForReading(path: string, { randomBytes }: StoreFileOptions, reason: DataansError): Store {
  const database = openReadOnlySqlite(path, reason);
  try {
    return createStore({ database, randomBytes });
  } catch (error) {
    database.close();
    throw error;
  }
}

function isPlaceUnwritable(error: unknown): error is DataansError {
  return error instanceof DataansError && ['storage-full', 'storage-unusable'].includes(error.code);
}
