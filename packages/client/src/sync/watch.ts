import { DataansError } from '@dataans/core';
import type { Access } from '../connection/access.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { backOffMs } from '../connection/back-off.ts';
import { explainContradiction } from '../findings/divergence.ts';
import { isRefusal } from '../status/last-problem.ts';
import type { Pauses } from './pauses.ts';
import { listWanted, mayHaveToSend } from './chunk-lanes.ts';
import { isOfFiles } from './fetch-files.ts';
import type { SyncOptions, SyncReport, WatchEvent, WatchOptions } from './sync-engine.ts';
import type { SyncDependencies } from './sync-run.ts';
import type { Transfers } from './transfers.ts';
import { createWake, type Wake } from './wake.ts';

/** Operations, and chunks in either direction: none waits for another. // SYN-26 */
export type Lane = 'operations' | 'send' | 'fetch';

export interface LaneOptions extends Required<Pick<SyncOptions, 'signal' | 'onProgress'>> {
  readonly onReady: () => void;
}

/** Each comes to its end once, under its own lock. */
export type Lanes = Readonly<Record<Lane, (options: LaneOptions) => Promise<SyncReport>>>;

export interface WatchDependencies extends SyncDependencies {
  readonly transfers: Transfers;
  readonly lanes: Lanes;
  /** There may be operations to send or to get. */
  readonly wake: Wake;
  /** There may be chunks to fetch. */
  readonly fetchWake: Wake;
  readonly pauses: Pauses;
}

/** A watch while it runs, and what its parts tell each other. */
interface Watch extends WatchDependencies {
  readonly signal: AbortSignal;
  readonly tell: (event: UntoldEvent) => void;
  readonly heard: Heard;
  /** There may be chunks to send. */
  readonly sendWake: Wake;
}

interface Heard {
  /** Newest head that the server told of; `null` while it tells nothing. */
  head: number | null;
  /** Operations that the server would not take the last time. */
  held: number;
  /** Contents that it did not have the last time. */
  missing: number;
}

const accessPollMs = 1_000;
const pauseBounds = { firstMs: 500, maxMs: 60_000 };
/** A refusal can end without another credential: the login lets this device in again, or was not the server's. */
const refusedAgainMs = 60_000;
/** Nothing tells of a chunk that has come to the server: what was missing is looked for again. */
const syncAnywayMs = 5 * 60_000;

/** Keeps a store and a server the same until the signal aborts. // SYN-11 */
export async function watch(dependencies: WatchDependencies, options: WatchOptions): Promise<void> {
  const ended = new AbortController();
  const running: Watch = {
    ...dependencies,
    signal: AbortSignal.any([options.signal, ended.signal]),
    tell: markNew(options.onEvent ?? (() => undefined)),
    heard: { head: null, held: 0, missing: 0 },
    sendWake: createWake(dependencies.clock),
  };
  const parts = [watchStore, watchServer, exchangeWhenNeeded, sendWhenNeeded, fetchWhenNeeded].map((part) =>
    part(running),
  );
  try {
    await Promise.all(parts);
  } finally {
    ended.abort();
    await Promise.allSettled(parts);
  }
}

/** What is recorded here is told; other processes, if there are any, are looked for, and may sign out. */
async function watchStore(running: Watch): Promise<void> {
  const { store, connection, followOthers, wake, sendWake, fetchWake, signal } = running;
  const stop = store.onChange((change) => {
    if (waitsToBeSent(running)) wake.signal();
    if (!isOfFiles(change)) return;
    sendWake.signal();
    fetchWake.signal();
  });
  const look = (): void => {
    connection.access(); // ACC-11
    store.lookForOthers();
  };
  try {
    await (followOthers === undefined ? untilAborted(signal) : followOthers(look, signal));
  } finally {
    stop();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

async function watchServer(running: Watch): Promise<void> {
  const { connection, pauses, wake, heard, signal, tell } = running;
  const listen = async (succeeded: () => void): Promise<never> => {
    for await (const { head } of connection.heads(signal)) {
      const isFirst = heard.head === null;
      heard.head = head;
      succeeded();
      if (isFirst) tell({ type: 'connected' });
      if (isFirst || isBehind(running)) wake.signal();
    }
    signal.throwIfAborted();
    throw new DataansError('server-unreachable', `${connection.address} ended the connection.`);
  };
  await retry(
    running,
    (succeeded) =>
      listen(succeeded).finally(() => {
        heard.head = null;
      }),
    (ms, asOf) => pauses.pause(ms, asOf, signal),
  );
}

async function exchangeWhenNeeded(running: Watch): Promise<void> {
  const { lanes, wake, sendWake, fetchWake, heard, signal, tell } = running;
  const exchangeOnce = async (succeeded: () => void): Promise<void> => {
    const toldBefore = heard.head;
    const report = await lanes.operations(laneOptions(running));
    heard.held = report.held;
    tell({ type: 'synced', report });
    if (heard.head === toldBefore) requireReached(running);
    succeeded();
    sendWake.signal();
    if (heard.missing > 0) fetchWake.signal();
    if (!isBehind(running) && !waitsToBeSent(running)) await wake.wait(syncAnywayMs, signal);
  };
  // A connection that is back ends the wait, and so does whoever asks for another attempt: that signals as well.
  await retry(running, exchangeOnce, (ms) => wake.wait(ms, signal));
}

async function sendWhenNeeded(running: Watch): Promise<void> {
  const { store, sendWake } = running;
  const seen = { ...running, findings: createKeptFindings(store.facts) };
  await carryWhenNeeded(running, 'send', sendWake, async () => mayHaveToSend(seen));
}

async function fetchWhenNeeded(running: Watch): Promise<void> {
  const { heard, fetchWake } = running;
  const mayHaveToFetch = async (): Promise<boolean> => {
    heard.missing = 0;
    return (await listWanted(running)).length > 0;
  };
  fetchWake.signal();
  await carryWhenNeeded(running, 'fetch', fetchWake, mayHaveToFetch);
}

/** Carries chunks whenever there are some, while operations go to and fro. */
async function carryWhenNeeded(
  running: Watch,
  lane: 'send' | 'fetch',
  wake: Wake,
  isNeeded: () => Promise<boolean>,
): Promise<void> {
  const { lanes, pauses, heard, signal, tell } = running;
  const carryOnce = async (succeeded: () => void): Promise<void> => {
    await wake.wait(syncAnywayMs, signal);
    if (signal.aborted || !(await isNeeded())) return;
    const report = await lanes[lane](laneOptions(running)).catch((error: unknown) => {
      wake.signal(); // The next attempt waits for nothing else.
      throw error;
    });
    if (lane === 'fetch') heard.missing = report.filesMissing;
    tell({ type: 'synced', report });
    succeeded();
  };
  await retry(running, carryOnce, (ms, asOf) => pauses.pause(ms, asOf, signal));
}

function laneOptions({ wake, signal, tell }: Watch): LaneOptions {
  return {
    signal,
    onReady: () => {
      wake.signal();
    },
    onProgress: (progress) => {
      tell({ type: 'progress', progress });
    },
  };
}

/** More than what the server has just refused. */
function waitsToBeSent({ store, transfers, heard }: Watch): boolean {
  return store.log.outboxCount(transfers.ready()) > heard.held;
}

/**
 * What the server had told of before a sync, the sync has reached: otherwise nothing would ever be in step. // SYN-20
 *
 * @throws IntegrityError
 */
function requireReached(running: Watch): void {
  const { store, connection, heard } = running;
  if (!isBehind(running)) return;
  const ends = store.log.cursor()?.seq ?? 0;
  const error = explainContradiction(connection.address, {
    kind: 'contradiction',
    what: `it tells of entry ${heard.head ?? 0}, and its log ends at entry ${ends}`,
  });
  createKeptFindings(store.facts).add('exchange', [error.finding]);
  heard.head = null;
  throw error;
}

/** The server has told of entries that the store has not. */
function isBehind({ store, heard }: Watch): boolean {
  return heard.head !== null && heard.head > (store.log.cursor()?.seq ?? 0);
}

/** Does the work over and over; after a failure later and later, after a refused credential with another one. */
async function retry(
  running: Watch,
  work: (succeeded: () => void) => Promise<void>,
  pause: (ms: number, asOf: number) => Promise<unknown>,
): Promise<void> {
  const { randomness, pauses, signal, tell } = running;
  let failures = 0;
  const succeeded = (): void => {
    failures = 0;
  };
  while (!signal.aborted) {
    const credential = running.connection.access();
    const asOf = pauses.ended();
    try {
      await work(succeeded);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DataansError) || error.code === 'not-signed-in') throw error; // ACC-11
      failures += 1;
      const retryInMs = backOffMs(failures, pauseBounds, randomness);
      if (isRefusal(error.code)) {
        tell({ type: 'paused', error });
        await untilOther(running, credential, asOf);
      } else {
        tell({ type: 'disconnected', error, retryInMs });
        await pause(retryInMs, asOf);
      }
    }
  }
}

/** Waits until somebody has signed in again, or asks for another attempt, or long enough to make one. */
async function untilOther(
  { connection, pauses, signal }: Watch,
  refused: Access,
  asOf: number,
): Promise<void> {
  const isRefused = (): boolean => !signal.aborted && connection.access() === refused;
  for (let waitedMs = 0; isRefused() && waitedMs < refusedAgainMs; waitedMs += accessPollMs)
    if (await pauses.pause(accessPollMs, asOf, signal)) return;
}

type UntoldEvent =
  | Exclude<WatchEvent, { readonly type: 'disconnected' | 'paused' }>
  | { readonly type: 'paused'; readonly error: DataansError }
  | { readonly type: 'disconnected'; readonly error: DataansError; readonly retryInMs: number };

/** Says of each trouble whether it is new, or only met again. */
function markNew(onEvent: (event: WatchEvent) => void): (event: UntoldEvent) => void {
  let trouble: string | null = null;
  return (event) => {
    switch (event.type) {
      case 'progress':
        onEvent(event);
        return;
      case 'connected':
      case 'synced':
        trouble = null;
        onEvent(event);
        return;
      case 'disconnected':
      case 'paused': {
        const isNew = event.error.message !== trouble;
        trouble = event.error.message;
        onEvent({ ...event, isNew });
      }
    }
  };
}
