import type { HomePlatform } from '../home/home-platform.ts';
import { createStore } from '../store/create-store.ts';
import { openBrowserStorage, type BrowserStorage } from './browser-storage.ts';
import { createBrowserClock } from './clock.ts';
import { createFetchTransport } from './fetch-transport.ts';
import { openKeptSignIn } from './kept-sign-in.ts';
import { openKeptWitness } from './kept-witness.ts';
import { shrinkPicture } from './shrink-picture.ts';
import { createWebLock } from './web-lock.ts';
import { createWebPrimitives } from './web-primitives.ts';

/** Some 30 ms on a slow device. */
const operationsAtOnce = 150;

/**
 * A browser's origin as the place of a home. Only in a dedicated worker, and only for the tab that leads. // BRW-2
 *
 * @param name of what this home keeps in the origin: one for each account
 * @throws DataansError `busy` if a tab that led hasn't closed it yet, `storage-full`, `storage-unusable`
 */
export async function openBrowserPlatform(name: string): Promise<HomePlatform> {
  const primitives = createWebPrimitives(crypto);
  const clock = createBrowserClock();
  const storage = await openBrowserStorage(name, { primitives });
  try {
    return await createPlatform(name, storage, { primitives, clock });
  } catch (error) {
    storage.close();
    throw error;
  }
}

async function createPlatform(
  name: string,
  { folder, database, chunks, keys, use, erase, close }: BrowserStorage,
  { primitives, clock }: Pick<HomePlatform, 'primitives' | 'clock'>,
): Promise<HomePlatform> {
  const witness = await openKeptWitness(keys, clock);
  const { randomBytes } = primitives;
  const store = createStore({ database, randomBytes, keepCopy: database.keepCopy, witness });
  witness.follow(store);
  const kept = await openKeptSignIn(keys, primitives);
  return {
    primitives,
    clock,
    randomness: Math.random,
    transport: createFetchTransport((...request) => fetch(...request)),
    chunks,
    lock: createWebLock(`${name} sync`, navigator.locks, clock),
    sendLock: createWebLock(`${name} send`, navigator.locks, clock),
    fetchLock: createWebLock(`${name} fetch`, navigator.locks, clock),
    shrinkPicture,
    defaultPolicy: 'small',
    operationsAtOnce,
    kept,
    openStore: () => store,
    openOrMakeStore: () => store,
    isStoreMissing: () => false,
    isStoreLost: () => false,
    requireOwn: () => undefined,
    closeStore: () => undefined, // The storage is open or closed as one.
    erase: async () => {
      await witness.end(); // It would make the key store anew.
      await erase();
      kept.erased();
    },
    storageUse: use,
    openArchive: async (chosen) => {
      const { openArchiveFile } = await import('./archive-file.ts');
      return openArchiveFile(folder, chosen);
    },
    close: () => {
      void witness.end();
      close();
    },
  };
}
