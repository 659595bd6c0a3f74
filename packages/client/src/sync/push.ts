import {
  bytesToUuid,
  chainFrames,
  DataansError,
  encodeFrames,
  limits,
  type AppendedMessage,
  type Frame,
  type OperationId,
} from '@dataans/core';
import { readAccountTag } from '../store/account-facts.ts';
import { takeHeadAtSignIn } from '../account/follow-log.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { Cursor } from '../store/local-log.ts';
import type { OutboxBounds, OutboxRow } from '../store/outbox-row.ts';
import { DivergenceError, explainContradiction } from '../findings/divergence.ts';
import { namedHead, requireNamedChain } from '../connection/named-head.ts';
import { hasNoRoom } from './has-no-room.ts';
import { beginPull, pull } from './pull.ts';
import type { Appended } from '../connection/server-connection.ts';
import { settleAccount } from './settle-account.ts';
import type { SyncRun } from './sync-run.ts';

type Rows = readonly OutboxRow[];
/** Rows, and what of them goes to the server. */
interface Batch {
  readonly rows: Rows;
  readonly frames: readonly Frame[];
  readonly body: Uint8Array;
}
type Refused = Extract<Appended, { readonly error: DataansError }>;

/** The first batch is short, so that the server stores it while the device reads the next. */
const firstBatchOperations = 250;

/** Where a push has come to. */
interface PushState {
  /** The end of the log as far as it is proven; the store's own is one batch behind at most. */
  cursor: Cursor;
  /** At the end of the log when the server last answered. */
  atHead: boolean;
  /** Answered, and to be taken from the outbox while the next batch is on its way. */
  unacknowledged: Rows;
  /** How often the server had another account record than before. */
  settled: number;
}

/**
 * Sends the outbox, without revisions of files whose chunks are still on their way: a note never waits for a file. A row
 * leaves it only when the server has it. // SYN-9, FIL-1
 */
export async function push(run: SyncRun, from: Cursor): Promise<Readonly<PushState>> {
  const state: PushState = {
    cursor: from,
    atHead: false,
    unacknowledged: [],
    settled: 0,
  };
  const total = run.store.log.outboxCount(run.transfers.ready());
  let next = readBatch(run, 0, firstBatchOperations);
  while (next.rows.length > 0 && !run.refusals.stopped) {
    const batch = next;
    await pushBatch(run, state, batch, () => {
      acknowledge(run, state);
      next = readBatch(run, batch.rows.at(-1)?.place ?? 0, limits.batchOperationsMax);
    });
    run.onProgress({ phase: 'send', done: run.tally.sent, total: Math.max(total, run.tally.sent) });
  }
  acknowledge(run, state);
  return state;
}

function readBatch(run: SyncRun, after: number, operations: number): Batch {
  return encodeBatch(readRows(run, { after, operations, bytes: limits.batchBytesMax }));
}

/** Those that may be sent. */
function readRows({ store, transfers }: SyncRun, bounds: OutboxBounds): Rows {
  return store.log.outbox({ ...bounds, files: transfers.ready() });
}

function encodeBatch(rows: Rows): Batch {
  const frames = rows.map(({ id, envelope }): Frame => ({ kind: 'envelope', id, body: envelope }));
  return { rows, frames, body: encodeFrames(frames) };
}

/** @param meanwhile what there is to do while the batch is on its way */
async function pushBatch(run: SyncRun, state: PushState, batch: Batch, meanwhile: () => void): Promise<void> {
  run.signal.throwIfAborted();
  const { rows, frames, body } = batch;
  const from = state.cursor;
  const pulling = await pullWhatIsKnown(run, from);
  const answering = run.connection.append(from.log, body, run.signal, readAccountTag(run.store.facts));
  answering.catch(() => undefined); // It is thrown where it is awaited.
  await run.clock.sleep(0, run.signal); // Synchronous work would keep the batch from leaving.
  state.cursor = await pulling.end;
  meanwhile();
  const chain = chainFrames(run.primitives.hash, state.cursor.chain, frames).at(-1) ?? state.cursor.chain;
  const answer = await answering;
  if (!answer.ok) {
    if (answer.code === 'account-changed') return settleAndSend(run, state, batch);
    if (answer.code !== 'log-diverged') return divideRefused(run, state, rows, answer);
    throw new DivergenceError(run.connection.address, { kind: 'cursor-unknown', seq: state.cursor.seq });
  }
  const { appended } = answer;
  requireConsistent(run, from, rows.length, appended);
  countSent(run, rows, appended);
  if (appended.before !== state.cursor.seq || appended.already.length > 0)
    return pullOver(run, state, rows, appended);
  requireNamedChain(run.connection.address, chain, namedHead(appended));
  state.cursor = { log: state.cursor.log, seq: appended.head, chain }; // SYN-9
  state.atHead = true;
  state.unacknowledged = rows;
}

function countSent({ tally }: SyncRun, rows: Rows, { already }: AppendedMessage): void {
  const known = new Set(already);
  const taken = rows.filter((_, place) => !known.has(place));
  tally.sent += taken.length;
  tally.changesSent += taken.filter(({ kind }) => kind !== 'device').length;
}

/**
 * Nothing of the batch is stored: the server has another account record than the one that this device has seen, which
 * may lack the key that the batch is sealed under. // ACC-21
 */
async function settleAndSend(run: SyncRun, state: PushState, batch: Batch): Promise<void> {
  const outcome = await settleAccount(run, state.cursor.log);
  state.settled += 1;
  if (outcome.kind !== 'divided' && state.settled <= accountChangesMax)
    return pushBatch(run, state, batch, () => undefined);
  run.refusals.stopped = true;
  keepBack(run, batch.rows);
  run.problems.push(keysNeeded(run.connection.address));
}

/** The account is changed at the same moment at most a few times. */
const accountChangesMax = 3;

function keysNeeded(address: string): DataansError {
  return new DataansError(
    'not-signed-in',
    `The account on ${address} does not have the data key that changes here are sealed under.`,
    { advice: 'Nothing is lost. Sign in again on this device with your password, and sync.' },
  );
}

/** What the log is known to have already is asked for first: the server takes the batch while that is stored. // SYN-22 */
function pullWhatIsKnown(run: SyncRun, from: Cursor): Promise<{ readonly end: Promise<Cursor> }> {
  const known = takeHeadAtSignIn(run.store.facts);
  return known !== null && from.seq < known.seq
    ? beginPull(run, from, known)
    : Promise.resolve({ end: Promise.resolve(from) });
}

/** Others wrote, or the server had some already: what came between is fetched, and proves that ours is there. */
async function pullOver(
  run: SyncRun,
  state: PushState,
  rows: Rows,
  appended: AppendedMessage,
): Promise<void> {
  const named = namedHead(appended);
  if (state.cursor.seq < named.seq) state.cursor = await pull(run, state.cursor, named);
  else if (state.cursor.seq === named.seq)
    requireNamedChain(run.connection.address, state.cursor.chain, named);
  state.atHead = true;
  const [first] = rows;
  const [left] = readRows(run, { after: (first?.place ?? 0) - 1, operations: 1, bytes: 1 });
  if (rows.some((row) => row.place === left?.place))
    throw explainContradiction(run.connection.address, {
      kind: 'contradiction',
      what: 'it says that it has operations that are not in its log',
    });
}

/** Nothing of a refused batch is stored: halves of it show which operation it is that cannot be. // SYN-10 */
async function divideRefused(run: SyncRun, state: PushState, rows: Rows, refused: Refused): Promise<void> {
  if (hasNoRoom(refused.code)) run.refusals.stopped = true;
  if (hasNoRoom(refused.code) || rows.length === 1) {
    if (rows.every(({ place }) => run.refusals.places.has(place))) return; // It was told.
    run.problems.push(refused.code === 'operation-conflict' ? explainConflict(run, rows) : refused.error);
    keepBack(run, rows);
    return;
  }
  const middle = Math.ceil(rows.length / 2);
  for (const half of [rows.slice(0, middle), rows.slice(middle)])
    if (!run.refusals.stopped)
      await pushBatch(run, state, encodeBatch(half), () => {
        acknowledge(run, state);
      });
}

/** They stay in the outbox. // SYN-10 */
function keepBack({ refusals, tally }: SyncRun, rows: Rows): void {
  for (const { place } of rows) refusals.places.add(place);
  tally.held += rows.length;
}

function explainConflict({ connection }: SyncRun, rows: Rows): IntegrityError {
  const [operation = ''] = rows.map(({ id }) => bytesToUuid<OperationId>(id));
  return new IntegrityError({
    kind: 'operation-refused',
    concerns: { operation },
    message: `${connection.address} refused a change: it says a different one already has that id (${operation.slice(0, 8)}).`,
    advice: 'The change is kept on this device. Verify the server to see what it has there.',
  });
}

function acknowledge(run: SyncRun, state: PushState): void {
  if (state.unacknowledged.length === 0) return;
  const sent = places(state.unacknowledged);
  run.store.log.acknowledge(sent, state.cursor);
  run.transfers.sent(sent);
  state.unacknowledged = [];
}

function places(rows: Rows): readonly number[] {
  return rows.map((row) => row.place);
}

function requireConsistent(run: SyncRun, cursor: Cursor, sent: number, appended: AppendedMessage): void {
  const { address } = run.connection;
  const { before, head, already } = appended;
  if (before < cursor.seq)
    throw new DivergenceError(address, { kind: 'head-behind', seq: cursor.seq, head: before });
  const isPlace = (place: number): boolean => place < sent;
  if (
    new Set(already).size !== already.length ||
    !already.every(isPlace) ||
    head !== before + sent - already.length
  )
    throw explainContradiction(address, {
      kind: 'contradiction',
      what: `it took ${sent - already.length} of ${sent} operations behind entry ${before} and ends at ${head}`,
    });
}
