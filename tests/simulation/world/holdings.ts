import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { bytesToUuid, parseChunkName, type ChunkName, type OperationId } from '@dataans/core';
import type { FakeDisk, FakeFolder } from '../disk/fake-disk.ts';

/** Ids of the operations in the database of a device or of a server: both call them the same. */
export function listOperations(database: DatabaseSync): readonly OperationId[] {
  return database
    .prepare('SELECT id FROM operations')
    .all()
    .map(({ id }) => bytesToUuid<OperationId>(id as Uint8Array)); // A blob, on both sides.
}

/** Looks into a database that others may have open; nothing is in one that is not there yet. */
export function look<Item>(path: string, read: (database: DatabaseSync) => readonly Item[]): readonly Item[] {
  if (!existsSync(path)) return [];
  const database = new DatabaseSync(path);
  try {
    return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'operations'").get() === undefined
      ? []
      : read(database);
  } finally {
    database.close();
  }
}

/** Chunks that lie whole on a disk. */
export function listChunks({ root }: FakeDisk): readonly ChunkName[] {
  return [...chunksBelow(root)];
}

function* chunksBelow(folder: FakeFolder): Generator<ChunkName> {
  for (const [name, node] of folder.entries) {
    if (node.kind === 'folder') {
      yield* chunksBelow(node);
      continue;
    }
    const chunk = parseChunkName(name);
    if (chunk !== null && hash('sha256', node.content) === chunk) yield chunk;
  }
}
