import { DataansError, limits, type ChunkName } from '@dataans/core';
import { IntegrityError } from '../findings/integrity-error.ts';
import { createBuffers } from '../parallel/buffers.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { isHealing } from '../status/last-healing.ts';
import { noteSentAgain } from '../status/sent-again.ts';
import type { WaitingFile } from '../store/outbox-row.ts';
import { createChunkQueue } from './chunk-queue.ts';
import { createChunkSender, type ChunkSender } from './chunk-sender.ts';
import { requireRoomForChunks } from './lost-chunks.ts';
import { findMissingChunks, sendsAtOnce, type Addressee } from './missing-chunks.ts';
import type { SyncRun } from './sync-run.ts';

/** Revisions of files whose chunks are asked about together. */
const filesAtOnce = 1_000;
/** Chunks that are sent in one order: those of the largest file, or of many others. */
const shuffledTogether = limits.fileChunksMax;

/** A revision of a file that waits for its chunks to be on the server. */
interface SendingFile {
  readonly waiting: WaitingFile;
  /** The server has them not yet. */
  readonly lacking: Set<ChunkName>;
  fault: 'absent' | 'refused' | null;
}

interface Sending {
  readonly run: SyncRun;
  readonly addressee: Addressee;
  readonly queue: ReturnType<typeof createChunkQueue<ChunkName>>;
  /** Who waits for a chunk that is queued. */
  readonly filesByChunk: Map<ChunkName, SendingFile[]>;
  readonly sender: ChunkSender;
  /** Queued so far. */
  total: number;
  lastPlace: number;
}

/**
 * Brings to the server the chunks of files that wait to be sent, and lets each operation follow as soon as its own
 * are there. Files that are attached meanwhile are sent too. // FIL-1
 */
export async function sendFiles(run: SyncRun, addressee: Addressee): Promise<void> {
  const sending: Sending = {
    run,
    addressee,
    queue: createChunkQueue(run.primitives, shuffledTogether),
    filesByChunk: new Map(),
    sender: createChunkSender(run, addressee, {
      total: () => sending.total,
      onRefused: (error) => run.problems.push(error),
    }),
    total: 0,
    lastPlace: 0,
  };
  const buffers = createBuffers(limits.chunkBytesMax);
  try {
    await runParallel(nextChunks(sending), sendsAtOnce, (name) =>
      buffers.use((buffer) => sendChunk(sending, name, buffer)),
    );
  } finally {
    run.tally.chunksSent += sending.sender.sent();
    if (isHealing(run.store.facts))
      noteSentAgain(run.store.facts, 'chunks', sending.sender.sent(), run.clock.now());
    for (const { waiting } of [...sending.filesByChunk.values()].flat()) run.transfers.end(waiting.file);
  }
}

async function* nextChunks(sending: Sending): AsyncGenerator<ChunkName> {
  for (;;) {
    await takeNewFiles(sending);
    const name = sending.queue.next();
    if (name === null) return;
    yield name;
  }
}

async function takeNewFiles(sending: Sending): Promise<void> {
  const { run, addressee } = sending;
  for (;;) {
    const rows = run.store.log.waitingFiles(sending.lastPlace, filesAtOnce);
    const last = rows.at(-1);
    if (last === undefined) return;
    sending.lastPlace = last.place;
    const waiting = rows.filter(({ place }) => !run.transfers.ready().has(place));
    const names = new Set(waiting.flatMap(({ chunks }) => chunks));
    const missing = new Set(await findMissingChunks(run, addressee, [...names]));
    const added = [...missing].filter((name) => names.has(name) && !sending.filesByChunk.has(name));
    if (!mayTake(sending, added.length)) return;
    for (const each of waiting) takeFile(sending, each, missing);
    sending.total += added.length;
    sending.queue.add(added.length, added);
    if (added.length > 0) return;
  }
}

/** While a server is healed, what it lacks is what it lost: beyond a bound it gets no more of it. // HEAL-10 */
function mayTake({ run, total }: Sending, added: number): boolean {
  if (added === 0 || !isHealing(run.store.facts)) return true;
  try {
    requireRoomForChunks(run, total + added);
    return true;
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    run.problems.push(error);
    return false;
  }
}

function takeFile(sending: Sending, waiting: WaitingFile, missing: ReadonlySet<ChunkName>): void {
  const lacking = new Set(waiting.chunks.filter((name) => missing.has(name)));
  const file: SendingFile = { waiting, lacking, fault: null };
  if (lacking.size === 0) {
    letFollow(sending, file);
    return;
  }
  for (const name of lacking) {
    const files = sending.filesByChunk.get(name) ?? [];
    files.push(file);
    sending.filesByChunk.set(name, files);
  }
  reportProgress(sending, file);
}

async function sendChunk(sending: Sending, name: ChunkName, buffer: Uint8Array): Promise<void> {
  const outcome = await sending.sender.send(name, buffer);
  settleChunk(sending, name, outcome === 'sent' ? null : outcome);
}

function settleChunk(sending: Sending, name: ChunkName, fault: SendingFile['fault']): void {
  const files = sending.filesByChunk.get(name) ?? [];
  sending.filesByChunk.delete(name);
  const lost = fault === 'absent' ? files.filter((file) => isToBeHere(sending, file)) : [];
  if (lost.length > 0) sending.run.problems.push(notHeld(name));
  for (const file of files) {
    file.lacking.delete(name);
    // What is not to be here is sent also if its chunks are nowhere: who holds them brings them. // HEAL-6
    if (fault === 'refused' || lost.includes(file)) file.fault ??= fault;
    if (file.lacking.size === 0) endFile(sending, file);
    else reportProgress(sending, file);
  }
}

/** It was attached here, and not released since. */
function isToBeHere({ run }: Sending, { waiting }: SendingFile): boolean {
  return waiting.madeHere && !run.store.files.released().has(waiting.file);
}

function endFile(sending: Sending, file: SendingFile): void {
  const { run } = sending;
  run.transfers.end(file.waiting.file);
  if (file.fault === null) {
    letFollow(sending, file);
    return;
  }
  run.tally.held += 1;
  if (file.fault === 'absent') run.store.files.markAbsent([file.waiting.file], { isDamaged: true }); // FIL-9
}

function letFollow({ run }: Sending, { waiting }: SendingFile): void {
  run.transfers.markReady(waiting.place);
  run.onReady();
}

function reportProgress({ run }: Sending, { waiting, lacking }: SendingFile): void {
  const { file, bytes, chunks } = waiting;
  const doneBytes = Math.floor((bytes * (chunks.length - lacking.size)) / Math.max(1, chunks.length));
  run.transfers.report(file, { direction: 'send', doneBytes, totalBytes: bytes });
}

function notHeld(name: ChunkName): DataansError {
  return new DataansError(
    'not-found',
    `Part of an attached file is damaged or missing on this device (${name.slice(0, 8)}).`,
    {
      advice: 'Attach the file again.',
    },
  );
}
