import { findChunkDamage } from '../chunks/chunk-damage.ts';
import type { ChunkSource } from '../chunks/chunk-store.ts';
import { walkChunks } from '../chunks/walk-chunks.ts';
import { createFindings, type Findings } from './findings.ts';

export interface ChunksReport {
  readonly count: number;
  readonly bytes: number;
  readonly damage: Findings;
}

/** Hashes every chunk again. `onChecked` hears how many are done. // SRV-31 */
export async function checkChunks(
  chunks: Pick<ChunkSource, 'list' | 'read'>,
  onChecked: (count: number) => void,
): Promise<ChunksReport> {
  const damage = createFindings();
  let count = 0;
  let bytes = 0;
  for await (const chunk of walkChunks(chunks)) {
    const problem = await findChunkDamage(chunks, chunk.name);
    if (problem !== null) damage.add(`chunk ${chunk.name}: ${problem}`);
    count += 1;
    bytes += chunk.size;
    onChecked(count);
  }
  return { count, bytes, damage: damage.read() };
}
