import {
  bytesToHex,
  DataansError,
  limits,
  pieceContentSize,
  unpackChunkNames,
  type ChunkName,
} from '@dataans/core';
import { describeChunk } from '../findings/chunk-findings.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { Entity } from '../store/entities.ts';
import { createBuffers } from '../parallel/buffers.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { shuffle, shuffleWindows } from './shuffle.ts';
import type { SyncRun } from './sync-run.ts';

const downloadsAtOnce = 4;
/** Chunks that are fetched in one order: a gigabyte, so that files become whole one after another. */
const shuffledTogether = 1_000;
/** Chunks are brought to the disk while others arrive. */
const chunksPerFlush = 64;

/** A file of which this device may still lack chunks. */
interface AwaitedFile {
  readonly file: Entity<'file'>;
  fault: DataansError | 'absent' | null;
}

interface AwaitedChunk {
  readonly of: AwaitedFile;
  readonly name: ChunkName;
  readonly index: number;
}

/** Makes whole what this device knows of and does not hold, as far as the server has it. // FIL-4 */
export async function downloadFiles(run: SyncRun): Promise<void> {
  const files = run.store.files.incomplete().map((file): AwaitedFile => ({ file, fault: null }));
  const totalBytes = files.reduce((sum, { file }) => sum + file.value.bytes, 0);
  const buffers = createBuffers(limits.chunkBytesMax);
  let doneBytes = 0;
  let done = 0;
  let flushed = Promise.resolve();
  const chunks = shuffleWindows(planChunks(shuffle(files, run.primitives)), shuffledTogether, run.primitives);
  await runParallel(chunks, downloadsAtOnce, async (chunk) => {
    run.signal.throwIfAborted();
    await buffers.use((buffer) => bringChunk(run, chunk, buffer));
    done += 1;
    if (done % chunksPerFlush === 0) flushed = flushed.then(() => run.chunks.flush());
    flushed.catch(() => undefined); // It is thrown where it is awaited.
    doneBytes += pieceContentSize({ fileBytes: chunk.of.file.value.bytes, index: chunk.index });
    run.onProgress({ phase: 'download', done: doneBytes, total: totalBytes });
  });
  await flushed;
  await completeFiles(run, files);
}

function* planChunks(files: readonly AwaitedFile[]): Generator<AwaitedChunk> {
  for (const awaited of files) {
    const names = unpackChunkNames(awaited.file.value.chunks) ?? [];
    for (const [index, name] of names.entries()) yield { of: awaited, name, index };
  }
}

async function bringChunk(run: SyncRun, chunk: AwaitedChunk, buffer: Uint8Array): Promise<void> {
  const { of, name } = chunk;
  if (of.fault !== null || (await run.chunks.keep(name))) return;
  const sealed = await run.connection.readChunk(name, run.signal, buffer);
  const fault = sealed === null ? 'absent' : await findFault(run, chunk, sealed);
  of.fault ??= fault; // Another chunk of the file may have met one meanwhile.
  if (sealed === null || fault !== null) return;
  await run.chunks.put(name, sealed);
  run.tally.chunksReceived += 1;
}

/** The name stands in a sealed operation: bytes that have it as their hash are those that were sealed. // FIL-3 */
async function findFault(
  run: SyncRun,
  { of, name }: AwaitedChunk,
  sealed: Uint8Array,
): Promise<DataansError | null> {
  const [hash = new Uint8Array()] = await run.primitives.hashMany([sealed]);
  if (bytesToHex(hash) === name) return null;
  return new IntegrityError(describeChunk('chunk-altered', of.file.value.name, name, false));
}

async function completeFiles(run: SyncRun, files: readonly AwaitedFile[]): Promise<void> {
  if (files.length === 0) return;
  await run.chunks.flush();
  for (const { file, fault } of files) {
    if (fault === null) {
      run.store.files.markComplete(file.id);
      run.tally.filesReceived += 1;
    } else run.tally.filesMissing += 1;
    if (fault instanceof DataansError) run.problems.push(fault);
  }
}
