import { hashToChunkName, type ChunkName, type Primitives } from '@dataans/core';
import type { LocalChunks } from '../platform/local-chunks.ts';
import { explainOpfsFault, isMissing } from './opfs-faults.ts';

/** What a file handle can do in a worker: the compiler's library of page types does not say it. */
interface WorkerFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccess>;
  /** Takes the place of a file of that name. */
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

interface SyncAccess {
  write(bytes: Uint8Array): number;
  flush(): void;
  close(): void;
}

const incomingName = 'incoming';

/**
 * Chunks as files `<folder>/ab/<name>` in the origin's private file system. Only in a dedicated worker, and
 * only one at a time for a folder: what an earlier one left half-written is removed.
 */
export async function openOpfsChunks(
  folder: FileSystemDirectoryHandle,
  primitives: Pick<Primitives, 'hashMany'>,
): Promise<LocalChunks> {
  const incoming = await emptyFolder(folder, incomingName).catch(rethrowExplained);
  const puts = new Map<ChunkName, Promise<void>>();
  let partials = 0;

  const folderOf = (name: ChunkName): Promise<FileSystemDirectoryHandle> =>
    folder.getDirectoryHandle(name.slice(0, 2), { create: true });

  const write = async (name: ChunkName, sealed: Uint8Array): Promise<void> => {
    partials += 1;
    const partialName = String(partials);
    try {
      // This runs in a worker.
      const partial = (await incoming.getFileHandle(partialName, { create: true })) as WorkerFile;
      await writeDurably(partial, sealed);
      await partial.move(await folderOf(name), name);
    } catch (error) {
      await incoming.removeEntry(partialName).catch(() => undefined);
      rethrowExplained(error);
    }
  };

  const get = async (name: ChunkName): Promise<Uint8Array | null> => {
    try {
      const file = await find(folder, name);
      if (file === null) return null;
      const sealed = new Uint8Array(await (await file.getFile()).arrayBuffer());
      const [hash] = await primitives.hashMany([sealed]);
      return hash !== undefined && hashToChunkName(hash) === name ? sealed : null;
    } catch (error) {
      return rethrowExplained(error);
    }
  };

  return {
    get,

    keep: async (name) => (await get(name)) !== null,

    has: (name) => find(folder, name).then((file) => file !== null, rethrowExplained),

    put: (name, sealed) => {
      // A name stands for its bytes: whoever puts it again meanwhile waits for the same write.
      const running = puts.get(name) ?? write(name, sealed).finally(() => puts.delete(name));
      puts.set(name, running);
      return running;
    },

    // Each one was flushed before it got its name.
    flush: () => Promise.resolve(),

    remove: async (name) => {
      try {
        await (await folderOf(name)).removeEntry(name);
      } catch (error) {
        if (!isMissing(error)) rethrowExplained(error);
      }
    },
  };
}

async function find(
  folder: FileSystemDirectoryHandle,
  name: ChunkName,
): Promise<FileSystemFileHandle | null> {
  try {
    const inner = await folder.getDirectoryHandle(name.slice(0, 2));
    return await inner.getFileHandle(name);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeDurably(file: WorkerFile, bytes: Uint8Array): Promise<void> {
  const access = await file.createSyncAccessHandle();
  try {
    const written = access.write(bytes);
    if (written !== bytes.length) throw new Error('The browser wrote only a part of the chunk');
    access.flush();
  } finally {
    access.close();
  }
}

async function emptyFolder(
  parent: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle> {
  await parent.removeEntry(name, { recursive: true }).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  return parent.getDirectoryHandle(name, { create: true });
}

function rethrowExplained(error: unknown): never {
  throw explainOpfsFault(error);
}
