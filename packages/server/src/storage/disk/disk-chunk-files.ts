import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChunkName, type ChunkName } from '@dataans/core';
import type { ChunkRange, ChunkReader, ReadChunk, StoredChunk } from '../../chunks/chunk-store.ts';
import { resolveRange } from '../../chunks/resolve-range.ts';
import { isErrorCode } from '../../system-error.ts';
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
    read: async (name, range) => {
      const file = await nullIfAbsent(open(pathOfChunk(root, name)));
      return file === null ? null : readFromFile(file, range);
    },
    missing: async (names) => {
      const sizes = await Promise.all(names.map(size));
      return names.filter((_, place) => sizes[place] === null);
    },
    list: async (after, limit) => {
      const found: StoredChunk[] = [];
      for await (const name of namesBehind(after, root)) {
        if (found.length === limit) break;
        const bytes = await size(name);
        if (bytes !== null) found.push({ name, size: bytes });
      }
      return found;
    },
  };
}

async function readFromFile(file: FileHandle, range: ChunkRange): Promise<ReadChunk | 'unsatisfiable'> {
  try {
    const { size } = await file.stat();
    const span = resolveRange(range, size);
    if (span !== 'unsatisfiable') return { size, span, body: readSpan(file, span) };
    await file.close();
    return span;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Names in their order, a folder at a time. Files that are not named as chunks, or lie elsewhere, are none. // SRV-20 */
async function* namesBehind(after: ChunkName | null, root: string): AsyncGenerator<ChunkName, void> {
  const chunks = chunksFolder(root);
  const first = after?.slice(0, 2) ?? '';
  for (const folder of await sortedNames(chunks)) {
    if (folder < first || folder.length !== 2) continue;
    for (const file of await sortedNames(join(chunks, folder))) {
      const name = parseChunkName(file);
      if (name !== null && name.startsWith(folder) && (after === null || name > after)) yield name;
    }
  }
}

/** Names of what lies in a folder; none if it is no folder. */
async function sortedNames(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (isErrorCode(error, 'ENOENT') || isErrorCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}
