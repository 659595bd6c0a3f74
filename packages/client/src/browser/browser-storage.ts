import type { Primitives } from '@dataans/core';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { StorageUse } from '../platform/storage-use.ts';
import { exportsFolderName } from './exports-folder.ts';
import { eraseKeyStore, openKeyStore, type KeyStore } from './key-store.ts';
import { openOpfsChunks } from './opfs-chunks.ts';
import { explainOpfsFault, isMissing } from './opfs-faults.ts';
import { openOpfsSqlite, type OpfsDatabase } from './opfs-sqlite.ts';

/** Everything that a home keeps in an origin, open in the tab that leads. */
export interface BrowserStorage {
  /** Where files of this home may lie: an erase takes it away. */
  readonly folder: FileSystemDirectoryHandle;
  readonly database: OpfsDatabase;
  readonly chunks: LocalChunks;
  readonly keys: KeyStore;
  use(): Promise<StorageUse>;
  close(): void;
  /** Closes it, and leaves nothing of it. */
  erase(): Promise<void>;
}

/**
 * Only for the tab that leads.
 *
 * @param name of a folder in the private file system and of a database in IndexedDB
 * @throws DataansError `busy` while a tab that led has it open, `storage-full`, `storage-unusable`
 */
export async function openBrowserStorage(
  name: string,
  { primitives }: { readonly primitives: Primitives },
): Promise<BrowserStorage> {
  const closing: (() => void)[] = [];
  const close = (): void => {
    for (const act of closing.splice(0).toReversed()) act();
  };
  try {
    if (await isMarkedErasing(name)) await finishErasing(name);
    const root = await openFolder(name);
    await removeEntry(root, exportsFolderName); // EXP-10
    const keys = await openKeyStore(indexedDB, name);
    closing.push(keys.close);
    const database = await openOpfsSqlite(`${name}/store`);
    closing.push(database.close);
    const chunks = await openOpfsChunks(
      await root.getDirectoryHandle('chunks', { create: true }),
      primitives,
    );
    const erase = async (): Promise<void> => {
      await markErasing(name); // BRW-7
      try {
        // A newer program's key store cannot be written, only deleted.
        await keys.write({ account: null, record: null, unconfirmed: null }).catch(() => undefined);
        await database.erase();
        keys.close();
        await finishErasing(name);
      } finally {
        close();
      }
    };
    return { folder: root, database, chunks, keys, use: () => measureUse(database), close, erase };
  } catch (error) {
    close();
    throw explainOpfsFault(error);
  }
}

/** What is of no store is of files, all but what the browser needs for itself. */
async function measureUse(database: OpfsDatabase): Promise<StorageUse> {
  const { usage = 0, quota } = await navigator.storage.estimate();
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {};
  const { page_size: bytes } = database.prepare('PRAGMA page_size').get() ?? {};
  const notesBytes = Number(pages) * Number(bytes);
  return {
    notesBytes,
    filesBytes: Math.max(0, usage - notesBytes),
    quotaBytes: quota ?? null,
    persisted: await navigator.storage.persisted(),
  };
}

async function openFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(name, { create: true });
}

/** Beside the folder that it is about, so that it is there until all the rest has gone. */
function erasingMark(name: string): string {
  return `${name}.erasing`;
}

async function markErasing(name: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.getFileHandle(erasingMark(name), { create: true });
}

async function isMarkedErasing(name: string): Promise<boolean> {
  const root = await navigator.storage.getDirectory();
  return root.getFileHandle(erasingMark(name)).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
}

/** What an erase has begun, whatever of it was done: notes and files first, then the keys. // BRW-7 */
async function finishErasing(name: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await removeEntry(root, name);
  await eraseKeyStore(indexedDB, name);
  await removeEntry(root, erasingMark(name));
}

async function removeEntry(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.removeEntry(name, { recursive: true }).catch((error: unknown) => {
    if (!isMissing(error)) throw explainOpfsFault(error);
  });
}
