import { limits, type ChunkName, type DataansError } from '@dataans/core';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { HeldFiles } from '../store/held-files.ts';
import { createBuffers } from '../parallel/buffers.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { createChunkSender } from './chunk-sender.ts';
import { findMissingChunks, sendsAtOnce, type Addressee } from './missing-chunks.ts';
import { noteSentAgain, requireRoomToSend } from '../status/sent-again.ts';
import type { SyncRun } from './sync-run.ts';

/** Names that are asked about in one order: those of the largest file, or of many others. */
const shuffledTogether = limits.fileChunksMax;

/** Before the operations that name them, and of deleted files too: nobody else may hold them. // HEAL-6 */
export async function sendAllHeldChunks(run: SyncRun, addressee: Addressee): Promise<void> {
  for (const names of nameChunks(run.store.files)) await sendHeldChunks(run, addressee, names);
}

/** The same beside a sync that goes on: what the server may not be given again is told. @returns whether all were sent */
export async function offerAllHeldChunks(run: SyncRun, addressee: Addressee): Promise<boolean> {
  try {
    await sendAllHeldChunks(run, addressee);
    return true;
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    run.problems.push(error);
    return false;
  }
}

/** All that revisions of files name, some at a time. */
function* nameChunks(files: HeldFiles): Iterable<readonly ChunkName[]> {
  for (let place = 0; ;) {
    const contents = files.namedContents(place, shuffledTogether);
    const last = contents.at(-1);
    if (last === undefined) return;
    place = last.place;
    yield [...new Set(contents.flatMap(({ chunks }) => chunks))];
  }
}

/**
 * Brings to the server those of the chunks that it has not and this device holds.
 *
 * @throws DataansError `storage-full`, or `integrity` if it asks for them again and again
 */
async function sendHeldChunks(
  run: SyncRun,
  addressee: Addressee,
  names: readonly ChunkName[],
): Promise<void> {
  const missing = await findMissingChunks(run, addressee, names);
  requireRoomForChunks(run, missing.length);
  const sentBefore = run.tally.chunksSent;
  const { errors, isFull } = await sendMissing(run, addressee, missing);
  noteSentAgain(run.store.facts, 'chunks', run.tally.chunksSent - sentBefore, run.clock.now());
  const [error] = errors;
  if (isFull && error !== undefined) throw error;
  run.problems.push(...errors);
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

function requireRoomForChunks({ store, connection, clock }: SyncRun, lost: number): void {
  const asked = { address: connection.address, what: 'chunks', lost, nowMs: clock.now() } as const;
  requireRoomToSend(store.facts, { ...asked, held: () => new Set([...nameChunks(store.files)].flat()).size });
}
