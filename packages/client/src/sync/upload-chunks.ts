import { DataansError, limits, type ChunkName } from '@dataans/core';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { HeldFiles } from '../store/held-files.ts';
import type { Cursor, OutboxRow } from '../store/local-log.ts';
import { createBuffers } from '../parallel/buffers.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { DivergenceError } from '../findings/divergence.ts';
import { noteSentAgain, requireRoomToSend } from '../status/sent-again.ts';
import type { ChunkStored } from '../connection/server-connection.ts';
import { shuffle } from './shuffle.ts';
import type { SyncRun } from './sync-run.ts';

const uploadsAtOnce = 8;
/** Names that are asked about in one order: those of the largest file, or of many others. */
const shuffledTogether = limits.fileChunksMax;

/** What became of chunks that the server had not. */
interface Sent {
  /** Neither there nor here, or damaged here. */
  readonly absent: ReadonlySet<ChunkName>;
  readonly refused: ReadonlySet<ChunkName>;
  /** One for each refusal that is worth telling. */
  readonly errors: readonly DataansError[];
  readonly isFull: boolean;
}

/** The server's log, as far as it is known: chunks are for no other. // HEAL-4 */
type Addressee = Pick<Cursor, 'log' | 'seq'>;

/**
 * Brings to the server the chunks that the rows name and that it has not: before the rows. // FIL-1
 *
 * @returns the rows that may be sent; the others name a chunk that could not be brought there
 */
export async function uploadChunks(
  run: SyncRun,
  addressee: Addressee,
  rows: readonly OutboxRow[],
): Promise<readonly OutboxRow[]> {
  const names = new Set(rows.flatMap((row) => row.chunks));
  if (names.size === 0) return rows;
  const missing = await findMissing(run, addressee, [...names]);
  const { absent, refused, errors } = await sendMissing(run, addressee, missing);
  const lacks = (row: OutboxRow): boolean => row.chunks.some((name) => absent.has(name));
  run.problems.push(...errors);
  const needed = new Set(rows.filter((row) => row.madeHere).flatMap((row) => row.chunks));
  for (const name of absent) if (needed.has(name)) run.problems.push(notHeld(name));
  return rows.filter(
    // HEAL-6
    (row) => !row.chunks.some((name) => refused.has(name)) && !(row.madeHere && lacks(row)),
  );
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
  const missing = await findMissing(run, addressee, names);
  requireRoomForChunks(run, missing.length);
  const sentBefore = run.tally.chunksSent;
  const { errors, isFull } = await sendMissing(run, addressee, missing);
  noteSentAgain(run.store.facts, 'chunks', run.tally.chunksSent - sentBefore, run.clock.now());
  const [error] = errors;
  if (isFull && error !== undefined) throw error;
  run.problems.push(...errors);
}

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
    run.findings.add('exchange', [error.finding]);
    return false;
  }
}

/** All that revisions of files name, some at a time. */
function* nameChunks(files: HeldFiles): Iterable<readonly ChunkName[]> {
  for (
    let named = files.namedChunks(0, shuffledTogether);
    named !== null;
    named = files.namedChunks(named.place, shuffledTogether)
  )
    yield named.names;
}

async function sendMissing(run: SyncRun, addressee: Addressee, missing: readonly ChunkName[]): Promise<Sent> {
  const absent = new Set<ChunkName>();
  const refused = new Set<ChunkName>();
  const errors: DataansError[] = [];
  const sent = { chunks: 0, bytes: 0 };
  let isFull = false;
  const send = async (name: ChunkName, buffer: Uint8Array): Promise<void> => {
    run.signal.throwIfAborted();
    const sealed = isFull ? null : await run.chunks.get(name, buffer);
    if (sealed === null) {
      (isFull ? refused : absent).add(name);
      return;
    }
    const stored: ChunkStored = await run.connection.putChunk(addressee.log, name, sealed, run.signal);
    if (stored.ok) {
      sent.chunks += 1;
      sent.bytes += sealed.length;
      // The sizes of the others show when they are read: for now, as large as those so far.
      const total = Math.round((sent.bytes / sent.chunks) * missing.length);
      run.onProgress({ phase: 'upload', done: sent.bytes, total });
      return;
    }
    if (stored.code === 'log-diverged') throw anotherLog(run, addressee);
    refused.add(name);
    if (!isFull) errors.push(stored.error);
    isFull ||= stored.code === 'storage-full';
  };
  const buffers = createBuffers(limits.chunkBytesMax);
  await runParallel(missing, uploadsAtOnce, (name) => buffers.use((buffer) => send(name, buffer)));
  run.tally.chunksSent += sent.chunks;
  return { absent, refused, errors, isFull };
}

function requireRoomForChunks({ store, connection, clock }: SyncRun, lost: number): void {
  const asked = { address: connection.address, what: 'chunks', lost, nowMs: clock.now() } as const;
  requireRoomToSend(store.facts, { ...asked, held: () => new Set([...nameChunks(store.files)].flat()).size });
}

async function findMissing(
  run: SyncRun,
  addressee: Addressee,
  named: readonly ChunkName[],
): Promise<readonly ChunkName[]> {
  const names = shuffle(named, run.primitives); // FIL-6
  const missing: ChunkName[] = [];
  for (let start = 0; start < names.length; start += limits.missingNamesMax) {
    const asked = names.slice(start, start + limits.missingNamesMax);
    const found = await run.connection.missingChunks(addressee.log, asked, run.signal);
    if (found === null) throw anotherLog(run, addressee);
    missing.push(...found);
  }
  return missing;
}

function anotherLog({ connection }: SyncRun, { seq }: Addressee): DivergenceError {
  return new DivergenceError(connection.address, { kind: 'cursor-unknown', seq });
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
