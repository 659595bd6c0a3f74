import type { Dirent } from 'node:fs';
import { open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChunkName, type ChunkName } from '@dataans/core';
import type { ChunkReader, StoredChunk } from '../../chunks/chunk-store.ts';
import { nullIfAbsent } from './absent.ts';
import { readSpan } from './read-span.ts';

/** The folder below a data folder or a backup that holds the folders of chunks. */
export function chunksFolder(root: string): string {
  return join(root, 'chunks');
}

export function folderOfChunk(root: string, name: ChunkName): string {
  return join(chunksFolder(root), name.slice(0, 2));
}

export function pathOfChunk(root: string, name: ChunkName): string {
  return join(folderOfChunk(root, name), name);
}

/** The chunks below `root`, to read; none where there is no such folder. */
export function readDiskChunks(root: string): ChunkReader {
  const size = async (name: ChunkName) => (await nullIfAbsent(stat(pathOfChunk(root, name))))?.size ?? null;
  return {
    size,
    read: async (name, span) => {
      const file = await nullIfAbsent(open(pathOfChunk(root, name)));
      return file === null ? null : readSpan(file, span);
    },
    missing: async (names) => {
      const sizes = await Promise.all(names.map(size));
      return names.filter((_, place) => sizes[place] === null);
    },
    walk: () => walkChunks(chunksFolder(root)),
  };
}

/** Files that are not named as chunks, or lie elsewhere, are none. // SRV-20 */
async function* walkChunks(chunks: string): AsyncIterable<StoredChunk> {
  for await (const folder of await entriesOf(chunks)) {
    if (!folder.isDirectory()) continue;
    for await (const file of await entriesOf(join(chunks, folder.name))) {
      const name = parseChunkName(file.name);
      if (name === null || name.slice(0, 2) !== folder.name) continue;
      const stats = await nullIfAbsent(stat(join(chunks, folder.name, name)));
      if (stats !== null) yield { name, size: stats.size };
    }
  }
}

async function entriesOf(folder: string): Promise<AsyncIterable<Dirent> | readonly Dirent[]> {
  return (await nullIfAbsent(opendir(folder))) ?? [];
}
