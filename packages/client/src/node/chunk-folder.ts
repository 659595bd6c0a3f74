import { hash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChunkName } from '@dataans/core';
import type { LocalChunks } from '../platform/local-chunks.ts';
import { explainFileFault, faultCode } from './file-faults.ts';
import { renameFile } from './rename-file.ts';
import { syncFile, syncFolder } from './write-file.ts';

const syncsAtOnce = 4;
const leftoverAgeMs = 24 * 60 * 60 * 1_000;

/** Chunks as files `<directory>/ab/<name>`, mode 0600 in folders of mode 0700. */
export function createChunkFolder(directory: string): LocalChunks {
  const incoming = join(directory, 'incoming');
  const folders = createFolders(incoming);
  let unsynced: string[] = [];

  const pathOf = (name: ChunkName): string => join(directory, name.slice(0, 2), name);

  const get = async (name: ChunkName, buffer?: Uint8Array): Promise<Uint8Array | null> => {
    try {
      const sealed = await (buffer === undefined ? readFile(pathOf(name)) : readInto(buffer, pathOf(name)));
      return hash('sha256', sealed) === name ? sealed : null;
    } catch (error) {
      if (faultCode(error) === 'ENOENT') return null;
      throw explainFileFault(error, pathOf(name));
    }
  };

  return {
    get,

    keep: async (name) => {
      if ((await get(name)) === null) return false;
      unsynced.push(pathOf(name)); // FIL-2
      return true;
    },

    has: async (name) => {
      try {
        return (await stat(pathOf(name))).isFile();
      } catch (error) {
        if (faultCode(error) === 'ENOENT') return false;
        throw explainFileFault(error, pathOf(name));
      }
    },

    put: async (name, sealed) => {
      const path = pathOf(name);
      const partial = join(incoming, randomBytes(12).toString('hex'));
      try {
        await folders.makeIncoming();
        await folders.make(dirname(path));
        await writeFile(partial, sealed, { mode: 0o600, flag: 'wx' });
        await renameFile(partial, path);
      } catch (error) {
        folders.forget();
        await rm(partial, { force: true }).catch(() => undefined);
        throw explainFileFault(error, path);
      }
      unsynced.push(path);
    },

    flush: async () => {
      const paths = unsynced;
      unsynced = [];
      try {
        await syncFiles(directory, paths);
      } catch (error) {
        unsynced.push(...paths);
        throw explainFileFault(error, directory);
      }
    },

    remove: async (name) => {
      await rm(pathOf(name), { force: true }).catch((error: unknown) => {
        throw explainFileFault(error, pathOf(name));
      });
    },
  };
}

/** Makes each folder once, as long as nothing goes wrong. */
function createFolders(incoming: string) {
  const made = new Map<string, Promise<unknown>>();
  const once = (folder: string, make: () => Promise<unknown>): Promise<unknown> => {
    const making = made.get(folder) ?? make();
    made.set(folder, making);
    return making;
  };
  const makeAnew = (folder: string): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    make: (folder: string): Promise<unknown> => once(folder, () => makeAnew(folder)),
    makeIncoming: (): Promise<unknown> =>
      once(incoming, () => makeAnew(incoming).then(() => removeLeftovers(incoming))),
    forget: (): void => {
      made.clear();
    },
  };
}

/** What a file holds, as far as there is room for it. */
async function readInto(buffer: Uint8Array, path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** The files first, then the folders that name them, up to the one that names all of it. */
async function syncFiles(directory: string, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const waiting = paths.values();
  const syncWaiting = async (): Promise<void> => {
    for (const path of waiting) await syncHeld(path);
  };
  await Promise.all(Array.from({ length: syncsAtOnce }, syncWaiting));
  const folders = new Set(paths.map((path) => dirname(path)));
  for (const folder of [...folders, directory, dirname(directory)]) await syncFolder(folder);
}

/** What was freed meanwhile need not be on the disk. // FIL-12 */
async function syncHeld(path: string): Promise<void> {
  try {
    await syncFile(path);
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw error;
  }
}

/** What a killed process left half-written long ago. Younger ones may belong to a process at work. */
async function removeLeftovers(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > leftoverAgeMs) await rm(path, { force: true });
  }
}
