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
  const missing = await findMissing(run, [...names]);
  const failed = new Set<ChunkName>();
  const sent = { chunks: 0, bytes: 0 };
  let isFull = false;
  await runParallel(missing, uploadsAtOnce, async (name) => {
    run.signal.throwIfAborted();
    const sealed = isFull ? null : await run.chunks.get(name);
    if (isFull || sealed === null) {
      failed.add(name);
      if (!isFull) run.problems.push(notHeld(name));
      return;
    }
    const stored = await run.connection.putChunk(name, sealed, run.signal);
    if (stored.ok) {
      sent.chunks += 1;
      sent.bytes += sealed.length;
      // The sizes of the others show when they are read: for now, as large as those so far.
      const total = Math.round((sent.bytes / sent.chunks) * missing.length);
      run.onProgress({ phase: 'upload', done: sent.bytes, total });
      return;
    }
    failed.add(name);
    if (!isFull) run.problems.push(stored.error);
    isFull ||= stored.code === 'storage-full';
  });
  run.tally.chunksSent += sent.chunks;
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

function notHeld(name: ChunkName): DataansError {
  return new DataansError(
    'not-found',
    `A piece of an attached file is damaged or gone on this device (${name.slice(0, 8)}).`,
    {
      advice: 'Attach the file again.',
    },
  );
}
