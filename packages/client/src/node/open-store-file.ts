import type { Primitives } from '@dataans/core';
import { createStore } from '../store/create-store.ts';
import type { Store } from '../store/store.ts';
import { openSqlite } from './sqlite.ts';
import { createStoreWitness } from './store-witness.ts';

/**
 * The store in a file, made where there is none.
 *
 * @throws DataansError `storage-unusable`, `storage-full` or `busy`
 */
export function openStoreFile(path: string, { randomBytes }: Pick<Primitives, 'randomBytes'>): Store {
  const database = openSqlite(path);
  try {
    const { keepCopy } = database;
    return createStore({ database, randomBytes, keepCopy, witness: createStoreWitness(path) });
  } catch (error) {
    database.close();
    throw error;
  }
}
