import { findChunkDamage, otherBytes } from '../../chunks/chunk-damage.ts';
import type { ChunkSource, ChunkStore, StoredChunk } from '../../chunks/chunk-store.ts';
import { walkChunks } from '../../chunks/walk-chunks.ts';
import { createFindings, type Findings } from '../../check/findings.ts';
import { SourceError } from '../../stores/source-error.ts';
import { errorText } from '../../system-error.ts';

/** Enough for the disk to have something to write while syncs are waited for. */
const copiesAtOnce = 4;

export interface CopiedChunks {
  /** How many there were to copy, those among them that were there already. */
  readonly looked: number;
  readonly copied: number;
  readonly copiedBytes: number;
  /** Chunks that cannot be read or are not what they were: they are not copied. */
  readonly damage: Findings;
}

/** Copies the chunks that the other place lacks; each is hashed on the way. // SRV-34 */
export async function copyChunks(options: {
  readonly from: Pick<ChunkSource, 'list' | 'read'>;
  readonly to: ChunkStore;
  /** Whether a chunk that is there with the right size is hashed, and replaced where it is damaged. */
  readonly verify: boolean;
  /** Hears how many chunks were looked at. */
  readonly onDone: (count: number) => void;
}): Promise<CopiedChunks> {
  const { from, to, verify, onDone } = options;
  const damage = createFindings();
  let [done, copied, copiedBytes] = [0, 0, 0];
  await forEachAtOnce(walkChunks(from), copiesAtOnce, async (chunk) => {
    if (!(await isThere(to, chunk, verify))) {
      const problem = await copyChunk(from, to, chunk);
      if (problem === null) {
        copied += 1;
        copiedBytes += chunk.size;
      } else damage.add(`chunk ${chunk.name}: ${problem}`);
    }
    done += 1;
    onDone(done);
  });
  return { looked: done, copied, copiedBytes, damage: damage.read() };
}

async function isThere(to: ChunkStore, chunk: StoredChunk, verify: boolean): Promise<boolean> {
  if ((await to.size(chunk.name)) !== chunk.size) return false;
  return !verify || (await findChunkDamage(to, chunk.name)) === null;
}

/** What is wrong with the chunk to be copied, or `null`; a failure of the other place is thrown. */
async function copyChunk(
  from: Pick<ChunkSource, 'read'>,
  to: ChunkStore,
  chunk: StoredChunk,
): Promise<string | null> {
  const reading: { failure: string | null } = { failure: null };
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      const read = await from.read(chunk.name, 'whole');
      if (read !== null && read !== 'unsatisfiable') yield* read.body;
    } catch (error) {
      if (error instanceof SourceError) throw error;
      reading.failure = `cannot be read (${errorText(error)})`;
      throw error;
    }
  }
  try {
    return (await to.put(chunk.name, body())) === 'mismatch' ? otherBytes : null;
  } catch (error) {
    if (reading.failure === null) throw error;
    return reading.failure;
  }
}

/** Works on so many items at a time. The first error ends it, once what was begun has ended. */
async function forEachAtOnce<Item>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const shared = (async function* share() {
    yield* items;
  })();
  // A worker that throws ends the generator, and with it the others.
  const worker = async () => {
    for await (const item of shared) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
