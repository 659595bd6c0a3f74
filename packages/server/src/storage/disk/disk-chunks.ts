import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkName } from '@dataans/core';
import { findChunkDamage } from '../../chunks/chunk-damage.ts';
import type { ChunkStore } from '../../chunks/chunk-store.ts';
import { walkChunks } from '../../chunks/walk-chunks.ts';
import { asDiskError } from './disk-error.ts';
import { openChunkFolders } from './chunk-folders.ts';
import { createUsage } from './chunk-usage.ts';
import { folderOfChunk, pathOfChunk, readDiskChunks } from './disk-chunk-files.ts';
import { makeFolder } from './make-folder.ts';
import { syncFolder } from './sync-folder.ts';
import { writeBody, type WrittenBody } from './write-body.ts';

/**
 * Chunks as files `chunks/ab/abcd…` below `root`. A chunk begins as a file of its own in
 * `incoming/` and is renamed when it is whole and on the disk. // SRV-16
 */
export async function openDiskChunks(options: {
  readonly root: string;
  /** A file name that was never given before. */
  readonly newFileName: () => string;
}): Promise<ChunkStore> {
  const { root } = options;
  const incoming = incomingOf(root);
  makeFolder(incoming);
  const folders = await openChunkFolders(root);
  const stored = readDiskChunks(root);
  const usage = createUsage(() => walkChunks(stored));

  /** Hashes the stored bytes: the right size is no proof of them. // SRV-17 */
  const isStoredWhole = async ({ name, size }: WrittenBody): Promise<boolean> =>
    (await stored.size(name)) === size && (await findChunkDamage(stored, name)) === null;

  const keep = async (name: ChunkName, path: string, bytes: number): Promise<void> => {
    await folders.make(name);
    const bytesBefore = await stored.size(name);
    await rename(path, pathOfChunk(root, name));
    usage.replaced(bytesBefore, bytes);
  };

  return {
    ...stored,
    put: async (name, body) => {
      const path = join(incoming, options.newFileName());
      try {
        const written = await writeBody(
          path,
          body,
          async (candidate) => candidate.name === name && !(await isStoredWhole(candidate)),
        );
        if (written.accepted) await keep(name, path, written.size);
        else await rm(path);
        if (written.name !== name) return 'mismatch';
        // Also where it was there already: whoever put it there may not have come to this line.
        await syncFolder(folderOfChunk(root, name));
        return written.accepted ? 'stored' : 'already';
      } catch (error) {
        await rm(path, { force: true });
        throw asDiskError(error);
      }
    },
    usage: usage.read,
  };
}

/** Removes what a crash left half way. Nobody else may be writing chunks here. */
export async function removeHalfWritten(root: string): Promise<void> {
  await rm(incomingOf(root), { recursive: true, force: true });
}

/** Where uploads under way are. */
export function incomingOf(root: string): string {
  return join(root, 'incoming');
}
