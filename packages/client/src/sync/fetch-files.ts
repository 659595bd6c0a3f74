import {
  bytesToHex,
  limits,
  unpackChunkNames,
  type ChunkName,
  type DataansError,
  type EntityId,
} from '@dataans/core';
import { describeChunk } from '../findings/chunk-findings.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import { createBuffers } from '../parallel/buffers.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import type { Entity } from '../store/entities.ts';
import type { StoreChange } from '../store/change-feed.ts';
import { createChunkQueue } from './chunk-queue.ts';
import { createFlushes, type Flushes } from './flushes.ts';
import { shuffle } from './shuffle.ts';
import type { SyncRun } from './sync-run.ts';

const fetchesAtOnce = 4;
/** Chunks that are fetched in one order: a gigabyte, so that files become whole one after another. */
const shuffledTogether = 1_000;
/** Chunks are brought to the disk while others arrive. */
const chunksPerFlush = 64;

/** What fetching takes; a sync that runs, or somebody who wants to see one file. */
export type FetchRun = Pick<
  SyncRun,
  | 'store'
  | 'chunks'
  | 'holding'
  | 'connection'
  | 'primitives'
  | 'transfers'
  | 'signal'
  | 'onProgress'
  | 'tally'
  | 'problems'
>;

/** A file of which this device may still lack chunks. */
interface FetchedFile {
  readonly file: Entity<'file'>;
  readonly chunks: readonly ChunkName[];
  left: number;
  /** `unwanted`: somebody has thought better of it. */
  fault: DataansError | 'absent' | 'unwanted' | null;
}

interface FetchedChunk {
  readonly of: FetchedFile;
  readonly name: ChunkName;
}

interface Fetching {
  readonly run: FetchRun;
  readonly queue: ReturnType<typeof createChunkQueue<FetchedChunk>>;
  readonly flushes: Flushes;
  readonly taken: Map<EntityId, FetchedFile>;
  doneBytes: number;
  totalBytes: number;
  doneChunks: number;
}

/**
 * Makes whole what is wanted here and not held, as far as the server has it. // FIL-4
 *
 * @param listWanted asked again when files have changed meanwhile
 */
export async function fetchFiles(
  run: FetchRun,
  listWanted: () => Promise<readonly Entity<'file'>[]>,
): Promise<void> {
  const fetching = begin(run);
  let isStale = true;
  const stop = run.store.onChange((change) => {
    isStale ||= isOfFiles(change);
  });
  const next = async (): Promise<FetchedChunk | null> => {
    while (isStale) {
      isStale = false;
      // What is freed right now is not taken for held. // FIL-12
      await run.holding.hold(async () => takeFiles(fetching, await listWanted()));
    }
    return fetching.queue.next();
  };
  const buffers = createBuffers(limits.chunkBytesMax);
  try {
    await runParallel(iterate(next), fetchesAtOnce, (chunk) =>
      buffers.use((buffer) => fetchChunk(fetching, chunk, buffer)),
    );
    await fetching.flushes.end();
  } finally {
    stop();
    await fetching.flushes.end().catch(() => undefined); // Nothing goes on behind its caller's back.
    for (const id of fetching.taken.keys()) run.transfers.end(id);
  }
}

export function isOfFiles({ entities }: StoreChange): boolean {
  return entities === 'everything' || entities.some(({ kind }) => kind === 'file');
}

function begin(run: FetchRun): Fetching {
  const complete = (files: readonly EntityId[]): void => {
    run.store.files.markComplete(files);
    run.tally.filesReceived += files.length;
    for (const file of files) run.transfers.end(file);
  };
  return {
    run,
    queue: createChunkQueue(run.primitives, shuffledTogether),
    flushes: createFlushes(run.chunks, complete),
    taken: new Map(),
    doneBytes: 0,
    totalBytes: 0,
    doneChunks: 0,
  };
}

async function* iterate<Item>(next: () => Promise<Item | null>): AsyncGenerator<Item> {
  for (let item = await next(); item !== null; item = await next()) yield item;
}

function takeFiles(fetching: Fetching, wanted: readonly Entity<'file'>[]): void {
  const { run, taken, queue } = fetching;
  const files = wanted
    .filter(({ id, value }) => taken.get(id)?.file.value.chunks !== value.chunks)
    .map(toFetched);
  for (const each of files) {
    taken.set(each.file.id, each);
    fetching.totalBytes += each.file.value.bytes;
    if (each.left === 0) fetching.flushes.request([each.file.id]);
    else reportProgress(fetching, each);
  }
  const count = files.reduce((sum, { left }) => sum + left, 0);
  queue.add(count, planChunks(shuffle(files, run.primitives))); // FIL-6
}

function toFetched(file: Entity<'file'>): FetchedFile {
  const chunks = unpackChunkNames(file.value.chunks) ?? [];
  return { file, chunks, left: chunks.length, fault: null };
}

function* planChunks(files: readonly FetchedFile[]): Generator<FetchedChunk> {
  for (const of of files) for (const name of of.chunks) yield { of, name };
}

async function fetchChunk(fetching: Fetching, chunk: FetchedChunk, buffer: Uint8Array): Promise<void> {
  const { run, flushes } = fetching;
  const { of, name } = chunk;
  run.signal.throwIfAborted();
  if (run.store.files.absence(of.file.id)?.wish === false) of.fault ??= 'unwanted';
  if (of.fault === null && !(await run.chunks.keep(name))) await bringChunk(run, chunk, buffer);
  of.left -= 1;
  fetching.doneChunks += 1;
  fetching.doneBytes += of.file.value.bytes / of.chunks.length;
  if (of.left > 0) reportProgress(fetching, of);
  else endFile(fetching, of);
  if (fetching.doneChunks % chunksPerFlush === 0) flushes.request([]);
  run.onProgress({ phase: 'download', done: Math.floor(fetching.doneBytes), total: fetching.totalBytes });
}

async function bringChunk(run: FetchRun, chunk: FetchedChunk, buffer: Uint8Array): Promise<void> {
  const { of, name } = chunk;
  const sealed = await run.connection.readChunk(name, run.signal, buffer);
  const fault = sealed === null ? 'absent' : await findFault(run, chunk, sealed);
  of.fault ??= fault; // Another chunk of the file may have met one meanwhile.
  if (sealed === null || fault !== null) return;
  await run.chunks.put(name, sealed);
  run.tally.chunksReceived += 1;
}

/** The name stands in a sealed operation: bytes that have it as their hash are those that were sealed. // FIL-3 */
async function findFault(
  run: FetchRun,
  { of, name }: FetchedChunk,
  sealed: Uint8Array,
): Promise<DataansError | null> {
  const [hash = new Uint8Array()] = await run.primitives.hashMany([sealed]);
  if (bytesToHex(hash) === name) return null;
  return new IntegrityError(describeChunk('chunk-altered', of.file.value.name, name, false));
}

function endFile({ run, flushes }: Fetching, { file, fault }: FetchedFile): void {
  if (fault === null) {
    flushes.request([file.id]);
    return;
  }
  run.transfers.end(file.id);
  if (fault === 'unwanted') return;
  run.tally.filesMissing += 1;
  if (fault === 'absent') return;
  run.problems.push(fault);
  run.store.files.markAbsent([file.id], { isDamaged: true });
}

function reportProgress({ run }: Fetching, { file, chunks, left }: FetchedFile): void {
  const { bytes } = file.value;
  const doneBytes = Math.floor((bytes * (chunks.length - left)) / chunks.length);
  run.transfers.report(file.id, { direction: 'fetch', doneBytes, totalBytes: bytes });
}
