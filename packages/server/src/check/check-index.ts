import type { ChunkIndex } from '../chunks/chunk-index.ts';
import type { ChunkSource, StoredChunk } from '../chunks/chunk-store.ts';
import { walkChunks } from '../chunks/walk-chunks.ts';
import type { ChunksReport } from './check-chunks.ts';
import { createFindings } from './findings.ts';
import { joinByName } from './join-by-name.ts';

/**
 * Compares an index of chunks with what is there, and corrects it: what it lacks it gets, and what is not there or has
 * another size counts as missing from then on, so that devices send it again. A server may be running. // SRV-94
 */
export async function checkIndex(
  index: ChunkIndex,
  stored: ChunkSource,
  onChecked: (count: number) => void,
): Promise<ChunksReport> {
  const damage = createFindings();
  let [count, bytes] = [0, 0];
  for await (const { left: indexed, right: found } of joinByName(walkChunks(index), walkChunks(stored))) {
    if (found !== null) {
      count += 1;
      bytes += found.size;
    }
    if (indexed === null && found !== null) await index.add([found]);
    const problem = indexed === null ? null : await findProblem(indexed, found, stored);
    if (indexed !== null && problem !== null) {
      damage.add(`chunk ${indexed.name}: ${problem}`);
      await index.remove(indexed.name);
    }
    onChecked(count);
  }
  return { count, bytes, damage: damage.read() };
}

async function findProblem(
  indexed: StoredChunk,
  found: StoredChunk | null,
  stored: ChunkSource,
): Promise<string | null> {
  // One that a server stored a moment ago was not in the list yet.
  const size = found === null ? await stored.size(indexed.name) : found.size;
  if (size === null) return 'is not in the bucket';
  return size === indexed.size
    ? null
    : `has ${size} bytes in the bucket, and was stored with ${indexed.size}`;
}
