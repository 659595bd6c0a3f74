import { DataansError, limits, type ChunkName } from '@dataans/core';
import type { OutboxRow } from '../store/local-log.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import type { SyncRun } from './sync-run.ts';

const uploadsAtOnce = 4;

/**
 * Brings to the server the chunks that the rows name and that it has not: before the rows. // FIL-1
 *
 * @returns the rows that may be sent; the others name a chunk that could not be brought there
 */
export async function uploadChunks(run: SyncRun, rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
  const names = new Set(rows.flatMap((row) => row.chunks));
  if (names.size === 0) return rows;
  const failed = new Set<ChunkName>();
  const missing = await findMissing(run, [...names]);
  let sentBytes = 0;
  let stopped = false;
  await runParallel(missing, uploadsAtOnce, async (name) => {
    const sealed = stopped ? null : await run.chunks.get(name);
    const problem = sealed === null ? (stopped ? null : notHeld(name)) : await put(run, name, sealed);
    if (sealed === null || problem !== null) failed.add(name);
    if (problem !== null) {
      run.problems.push(problem);
      stopped ||= problem.code === 'storage-full';
      return;
    }
    run.tally.chunksSent += 1;
    sentBytes += sealed?.length ?? 0;
    const total = missing.length * limits.chunkBytesMax;
    run.onProgress({ phase: 'upload', done: sentBytes, total });
  });
  return failed.size === 0 ? rows : rows.filter((row) => !row.chunks.some((name) => failed.has(name)));
}

async function findMissing(run: SyncRun, names: readonly ChunkName[]): Promise<readonly ChunkName[]> {
  const missing: ChunkName[] = [];
  for (let start = 0; start < names.length; start += limits.missingNamesMax)
    missing.push(
      ...(await run.connection.missingChunks(names.slice(start, start + limits.missingNamesMax), run.signal)),
    );
  return missing;
}

async function put(run: SyncRun, name: ChunkName, sealed: Uint8Array): Promise<DataansError | null> {
  run.signal.throwIfAborted();
  const stored = await run.connection.putChunk(name, sealed, run.signal);
  return stored.ok ? null : stored.error;
}

function notHeld(name: ChunkName): DataansError {
  return new DataansError(
    'not-found',
    `A piece of an attached file is damaged or gone on this device (${name.slice(0, 8)}).`,
    {
      advice: 'Attach the file again.',
    },
  );
}
