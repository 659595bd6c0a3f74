import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChunkName, type ChunkName } from '@dataans/core';
import type { ChunkStore, ChunkUsage, PutOutcome, StoredChunk } from '../../chunks/chunk-store.ts';
import { isErrorCode } from '../../system-error.ts';
import { StorageFullError } from '../storage-full.ts';
import { nullIfAbsent } from './absent.ts';
import { readSpan } from './read-span.ts';
import { syncFolder } from './sync-folder.ts';
import { writeBody } from './write-body.ts';

const folderMode = 0o700;

/**
 * Chunks as files `chunks/ab/abcd…` below `root`. A chunk begins as a file of its own in
 * `incoming/` and is renamed when it is whole and on the disk. // SRV-16
 */
export async function openDiskChunks(options: {
  readonly root: string;
  /** A file name that was never given before. */
  readonly newFileName: () => string;
}): Promise<ChunkStore> {
  const incoming = incomingOf(options.root);
  const chunks = join(options.root, 'chunks');
  for (const folder of [incoming, chunks]) await mkdir(folder, { recursive: true, mode: folderMode });

  const folderOf = (name: ChunkName) => join(chunks, name.slice(0, 2));
  const pathOf = (name: ChunkName) => join(folderOf(name), name);
  const size = async (name: ChunkName) => (await nullIfAbsent(stat(pathOf(name))))?.size ?? null;
  const walk = () => walkChunks(chunks);
  const usage = createUsage(walk);

  /** Keeps what was written under its name, unless it is there already. // SRV-17 */
  const keep = async (name: ChunkName, written: string, writtenBytes: number): Promise<PutOutcome> => {
    const storedBytes = await size(name);
    if (storedBytes === writtenBytes) {
      await rm(written);
      return 'already';
    }
    await renameInto(folderOf(name), written, pathOf(name));
    usage.replaced(storedBytes, writtenBytes);
    return 'stored';
  };

  const renameInto = async (folder: string, from: string, to: string): Promise<void> => {
    try {
      await rename(from, to);
    } catch (error) {
      if (!isErrorCode(error, 'ENOENT')) throw error;
      await mkdir(folder, { recursive: true, mode: folderMode });
      await syncFolder(chunks);
      await rename(from, to);
    }
    await syncFolder(folder);
  };

  return {
    put: async (name, body) => {
      const path = join(incoming, options.newFileName());
      try {
        const written = await writeBody(path, body, (candidate) => candidate.name === name);
        if (written.name === name) return await keep(name, path, written.size);
        await rm(path);
        return 'mismatch';
      } catch (error) {
        await rm(path, { force: true });
        throw isErrorCode(error, 'ENOSPC') || isErrorCode(error, 'EDQUOT')
          ? new StorageFullError(error)
          : error;
      }
    },
    size,
    read: async (name, span) => {
      const file = await nullIfAbsent(open(pathOf(name)));
      return file === null ? null : readSpan(file, span);
    },
    missing: async (names) => {
      const sizes = await Promise.all(names.map(size));
      return names.filter((_, place) => sizes[place] === null);
    },
    walk,
    usage: usage.read,
  };
}

/** Removes what a crash left half way. Nobody else may be writing chunks here. */
export async function removeHalfWritten(root: string): Promise<void> {
  await rm(incomingOf(root), { recursive: true, force: true });
}

function incomingOf(root: string): string {
  return join(root, 'incoming');
}

async function* walkChunks(root: string): AsyncIterable<StoredChunk> {
  for await (const folder of await opendir(root)) {
    if (!folder.isDirectory()) continue;
    for await (const file of await opendir(join(root, folder.name))) {
      const name = parseChunkName(file.name);
      if (name !== null) yield { name, size: (await stat(join(root, folder.name, name))).size };
    }
  }
}

/** Counts on the first question, so that a start does not wait for it; a count that fails is tried again. */
function createUsage(walk: () => AsyncIterable<StoredChunk>) {
  let counting: Promise<ChunkUsage> | null = null;
  let total = { count: 0, bytes: 0 };
  const count = async () => {
    total = { count: 0, bytes: 0 };
    for await (const { size } of walk()) total = { count: total.count + 1, bytes: total.bytes + size };
    return total;
  };
  return {
    read: async (): Promise<ChunkUsage> => {
      counting ??= count().catch((error: unknown) => {
        counting = null;
        throw error;
      });
      await counting;
      return total;
    },
    replaced: (bytesBefore: number | null, bytesNow: number): void => {
      total = {
        count: total.count + (bytesBefore === null ? 1 : 0),
        bytes: total.bytes + bytesNow - (bytesBefore ?? 0),
      };
    },
  };
}
