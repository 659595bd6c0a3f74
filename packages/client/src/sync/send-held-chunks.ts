import { limits, type ChunkName, type DataansError } from '@dataans/core';
import { IntegrityError } from '../findings/integrity-error.ts';
import { createBuffers } from '../parallel/buffers.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { createChunkSender } from './chunk-sender.ts';
import { findMissingChunks, sendsAtOnce, type Addressee } from './missing-chunks.ts';
import { noteSentAgain } from '../status/sent-again.ts';
import { nameChunks, requireRoomForChunks } from './lost-chunks.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Brings to the server every chunk that it lacks and this device holds, of deleted files too: nobody else may hold them. What it
 * may not be given again is told, beside a sync that goes on. // HEAL-6, HEAL-9
 *
 * @returns whether all were sent
 */
export async function offerAllHeldChunks(run: SyncRun, addressee: Addressee): Promise<boolean> {
  try {
    for (const names of nameChunks(run.store.files))
      if (!(await sendHeldChunks(run, addressee, names))) return false;
    return true;
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    run.problems.push(error);
    return false;
  }
}

/** @returns whether there was room @throws IntegrityError if it asks for them again and again */
async function sendHeldChunks(
  run: SyncRun,
  addressee: Addressee,
  names: readonly ChunkName[],
): Promise<boolean> {
  const missing = await findMissingChunks(run, addressee, names);
  requireRoomForChunks(run, missing.length);
  const sentBefore = run.tally.chunksSent;
  const { errors, isFull } = await sendMissing(run, addressee, missing);
  noteSentAgain(run.store.facts, 'chunks', run.tally.chunksSent - sentBefore, run.clock.now());
  run.problems.push(...errors);
  return !isFull;
}

interface Sent {
  /** One for each refusal that is worth telling. */
  readonly errors: readonly DataansError[];
  readonly isFull: boolean;
}

async function sendMissing(run: SyncRun, addressee: Addressee, missing: readonly ChunkName[]): Promise<Sent> {
  const errors: DataansError[] = [];
  const sender = createChunkSender(run, addressee, {
    total: () => missing.length,
    onRefused: (error) => errors.push(error),
  });
  const buffers = createBuffers(limits.chunkBytesMax);
  await runParallel(missing, sendsAtOnce, (name) =>
    buffers.use(async (buffer) => {
      await sender.send(name, buffer);
    }),
  );
  run.tally.chunksSent += sender.sent();
  return { errors, isFull: sender.isFull() };
}
