import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkName } from '@dataans/core';
import { chunksFolder } from './disk-chunk-files.ts';
import { makeFolder } from './make-folder.ts';
import { syncFolder } from './sync-folder.ts';

export interface ChunkFolders {
  /** Makes the folder of a chunk where it is missing; it outlasts a power cut when this returns. */
  make(name: ChunkName): Promise<void>;
}

/** The folders of the chunks below `root`. Those that are there already are made to last at once. */
export async function openChunkFolders(root: string): Promise<ChunkFolders> {
  const chunks = chunksFolder(root);
  makeFolder(chunks);
  const lasting = new Set(await readdir(chunks));
  for (const folder of [chunks, root]) await syncFolder(folder);

  return {
    make: async (name) => {
      const prefix = name.slice(0, 2);
      if (lasting.has(prefix)) return;
      makeFolder(join(chunks, prefix));
      await syncFolder(chunks);
      lasting.add(prefix);
    },
  };
}
